import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import type { FreightCharge, FreightTemplate, Region } from '#catalog';
import { type Currency, IdColumn, Minor, MinorColumn } from '#common';
import type { OrderId } from '../order.entity.js';

/** Kept as it was reckoned, so that no later change of the template alters what a buyer is shown. The database refuses to change or delete it. */
@ObjectType({
  description: 'What sending the goods of one freight template costs in one order, and how it was reckoned.',
})
@Entity()
export class OrderFreight implements FreightCharge {
  @IdColumn('order')
  orderId: OrderId;

  @IdColumn('freight')
  templateId: FreightTemplate['id'];

  @Field(() => String, { description: 'What the template was called.' })
  @Column({ type: 'varchar', update: false })
  name: string;

  @Field(() => String, {
    nullable: true,
    description: 'The region it goes to, by the first two digits of its code in GB/T 2260; null if it is not known.',
  })
  @Column({ type: 'char', nullable: true, update: false })
  region: Region | null;

  @Field(() => Int, { description: 'What the template’s goods weigh together, in grams.' })
  @Column({
    ...{ type: 'bigint', update: false },
    transformer: { to: (grams: unknown) => grams, from: (stored: string | number) => Number(stored) },
  })
  weightGrams: number;

  @Field(() => Minor, { description: 'What the buyer pays for the template’s goods, without freight, in minor units.' })
  @MinorColumn({ update: false })
  goodsMinor: number;

  @Field(() => Int, { description: 'Up to which weight only the first fee is charged, in grams.' })
  @Column({ type: 'int', update: false })
  firstGrams: number;

  @Field(() => Minor, { description: 'The fee for the first weight, in minor units.' })
  @MinorColumn({ update: false })
  firstMinor: number;

  @Field(() => Int, { description: 'The further weight that each further fee is for, in grams.' })
  @Column({ type: 'int', update: false })
  stepGrams: number;

  @Field(() => Minor, { description: 'The fee for each further weight, in minor units.' })
  @MinorColumn({ update: false })
  stepMinor: number;

  @Field(() => Minor, {
    nullable: true,
    description: 'From how much of the goods on they are sent for nothing, in minor units; null if never.',
  })
  @MinorColumn({ update: false, nullable: true })
  freeFromMinor: number | null;

  @Field(() => Minor, { description: 'What sending them costs, in minor units.' })
  @MinorColumn({ update: false })
  amountMinor: number;

  @Column({ type: 'char', update: false })
  currency: Currency;
}

/** What sending the goods of one template costs, with all that it was reckoned from, before it is some order's. */
export type Freight = Omit<OrderFreight, 'orderId' | 'currency'>;
