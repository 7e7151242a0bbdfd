import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type AllotmentId, ReturnRule, type SkuId } from '#catalog';
import { type Id, IdColumn, Minor, MinorColumn } from '#common';
import type { OrderId } from './order.entity.js';

export type LineId = Id<'line'>;

@ObjectType({ description: 'One SKU of an order, as it was named and priced when the order was placed.' })
@Entity()
export class OrderLine {
  @Field(() => ID, { description: 'The line’s id.' })
  @IdColumn('line')
  id: LineId;

  @IdColumn('order', { primary: false, update: false })
  orderId: OrderId;

  @IdColumn('sku', { primary: false, update: false })
  skuId: SkuId;

  /** The share of stock that it counts against, if its price has one. */
  @IdColumn('allotment', { primary: false, nullable: true, update: false })
  allotmentId: AllotmentId | null;

  @Field(() => String, { description: 'What was bought, as it was called then.' })
  @Column({ type: 'varchar', update: false })
  title: string;

  @Field(() => ReturnRule, {
    description:
      'Whether it may be sent back without a reason, as it was said, and confirmed where it must be, when it was bought.',
  })
  @Column({ type: 'varchar', update: false })
  returnRule: ReturnRule;

  @Field(() => Int, { description: 'How many units.' })
  @Column({ type: 'int', update: false })
  quantity: number;

  @Field(() => Int, { description: 'How many of them are shipped.' })
  @Column('int')
  shippedQuantity: number;

  @Field(() => Int, { description: 'How many of them will not be shipped, because their money went back before.' })
  @Column('int')
  cancelledQuantity: number;

  /** Of what was shipped, how many units came back and are for sale again. */
  @Column('int')
  restockedQuantity: number;

  /** How many units open after-sale cases ask for whose money is not promised back yet; guarded, so that nobody asks for a unit twice. */
  @Column('int')
  claimedQuantity: number;

  @Field(() => Int, {
    description: 'How many of them are not to be shipped until it is decided whether their money goes back.',
  })
  @Column('int')
  withheldQuantity: number;

  @Field(() => Int, { description: 'Of how many units the money went back or is on its way.' })
  @Column('int')
  refundingQuantity: number;

  /** What is promised back for these units. */
  @MinorColumn()
  refundingMinor: number;

  @Field(() => Minor, { description: 'The price of a unit, in minor units.' })
  @MinorColumn({ update: false })
  unitPriceMinor: number;

  @Field(() => Minor, {
    nullable: true,
    description: 'What a unit cost alone then, in minor units; null if the order is from before that was kept.',
  })
  @MinorColumn({ update: false, nullable: true })
  singlePriceMinor: number | null;

  @Field(() => Minor, { description: 'Quantity times unit price, in minor units.' })
  @MinorColumn({ update: false })
  amountMinor: number;
}
