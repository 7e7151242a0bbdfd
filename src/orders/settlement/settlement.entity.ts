import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SupplierId } from '#catalog';
import { type Currency, IdColumn, Minor, MinorColumn } from '#common';
import type { Account } from '#ledger';
import type { OrderId } from '../order.entity.js';

@ObjectType({ description: 'Who got how much of an order when it was completed, and what went back since.' })
@Entity()
export class Settlement {
  @IdColumn('order')
  orderId: OrderId;

  @IdColumn('supplier', { primary: false, update: false })
  supplierId: SupplierId;

  @Field(() => Date, { description: 'When it was settled.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  settledAt: Date;

  @Field(() => Minor, { description: 'What stayed of what was paid when it was settled, in minor units.' })
  @MinorColumn({ update: false })
  keptMinor: number;

  @Field(() => Minor, { description: 'Of that, the goods, from which commission is reckoned, in minor units.' })
  @MinorColumn({ update: false })
  baseMinor: number;

  @Field(() => Int, {
    description: 'The shop’s commission in basis points, as it stood when the order was placed.',
  })
  @Column({ type: 'smallint', update: false })
  commissionBps: number;

  @Field(() => Minor, { description: 'The shop’s commission, in minor units, rounded down.' })
  @MinorColumn({ update: false })
  commissionMinor: number;

  @Field(() => Minor, { description: 'What the supplier got, in minor units: all that others did not.' })
  @MinorColumn({ update: false })
  supplierMinor: number;

  @Field(() => Minor, { description: 'What has been promised back to the buyer since, in minor units.' })
  @MinorColumn()
  returnedMinor: number;

  @Field(() => Minor, { description: 'Of that, what the shop gave of its commission, in minor units.' })
  @MinorColumn()
  commissionReturnedMinor: number;

  @Field(() => Minor, { description: 'Of that, what the supplier gave, in minor units.' })
  @MinorColumn()
  supplierReturnedMinor: number;

  @Field(() => String, { description: 'ISO 4217 code of the amounts’ currency.' })
  @Column({ type: 'char', update: false })
  currency: Currency;
}

@ObjectType({ description: 'What somebody other than supplier and shop earned of an order.' })
@Entity()
export class SettlementShare {
  @IdColumn('order')
  orderId: OrderId;

  /** From 1. */
  @PrimaryColumn('smallint')
  seq: number;

  @Field(() => String, { description: 'Who registered for it.' })
  @Column({ type: 'varchar', update: false })
  payee: string;

  @Column({ type: 'varchar', update: false })
  account: Account;

  @Field(() => Minor, { description: 'How much, in minor units.' })
  @MinorColumn({ update: false })
  amountMinor: number;

  @Field(() => Minor, { description: 'How much of it was taken back since, in minor units.' })
  @MinorColumn()
  returnedMinor: number;

  @Field(() => String, { description: 'ISO 4217 code of the amounts’ currency.' })
  @Column({ type: 'char', update: false })
  currency: Currency;
}
