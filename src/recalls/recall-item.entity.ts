import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type Currency, IdColumn, Minor, MinorColumn } from '#common';
import type { LineId, OrderId } from '#orders';
import type { RefundId } from '#payments';
import type { RecallId } from './recall.entity.js';

@ObjectType({
  description: 'A line of an order of which units are recalled, as it was found when the recall was proposed.',
})
@Entity()
export class RecallItem {
  @IdColumn('recall')
  recallId: RecallId;

  /** Its place in the list, from 1. */
  @PrimaryColumn('int')
  seq: number;

  @Field(() => ID, { description: 'Of which order.' })
  @IdColumn('order', { primary: false, update: false })
  orderId: OrderId;

  @Field(() => ID, { description: 'Which line of it.' })
  @IdColumn('line', { primary: false, update: false })
  lineId: LineId;

  @Field(() => Int, { description: 'How many units of it were shipped that are, or may be, of the batch.' })
  @Column({ type: 'int', update: false })
  quantity: number;

  @Field(() => Int, { description: 'How many of them are of the batch for certain.' })
  @Column({ type: 'int', update: false })
  certainQuantity: number;

  @Field(() => Minor, { description: 'What was to go back for them when it was proposed, in minor units.' })
  @MinorColumn({ update: false })
  amountMinor: number;

  @Column({ type: 'char', update: false })
  currency: Currency;

  @Field(() => ID, { nullable: true, description: 'The refund; null if there is none, or not yet.' })
  @IdColumn('refund', { primary: false, nullable: true })
  refundId: RefundId | null;

  @Field(() => Int, { description: 'How many units it gives back.' })
  @Column('int')
  refundedQuantity: number;

  @Field(() => Minor, { description: 'What it gives back, in minor units.' })
  @MinorColumn()
  refundedMinor: number;

  @Field(() => String, {
    nullable: true,
    description: 'Why nothing goes back: a refusal’s type such as `OrderNotRefundable`, or `NothingLeft`.',
  })
  @Column('varchar', { nullable: true })
  problem: string | null;
}
