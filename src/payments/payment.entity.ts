import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Currency, type Id, IdColumn, Minor, MinorColumn } from '#common';

export type PaymentId = Id<'payment'>;

export const PaymentStatus = { INIT: 'INIT', PENDING: 'PENDING', SUCCEEDED: 'SUCCEEDED', CLOSED: 'CLOSED' } as const;
export type PaymentStatus = keyof typeof PaymentStatus;
registerEnumType(PaymentStatus, {
  name: 'PaymentStatus',
  description: 'How far a payment has come.',
  valuesMap: {
    INIT: { description: 'The channel has not been asked yet.' },
    PENDING: { description: 'The buyer can pay.' },
    SUCCEEDED: { description: 'The channel has captured the money.' },
    CLOSED: { description: 'The channel takes no money for it any more.' },
  },
});

/** One attempt to get a checkout paid, under one fixed number of ours. */
@ObjectType({ description: 'What is paid for a checkout, at once.' })
@Entity()
export class Payment {
  @IdColumn('payment')
  id: PaymentId;

  @IdColumn('checkout', { primary: false, update: false })
  checkoutId: Id<'checkout'>;

  /** 1, or more if the channel will take no money under the numbers before. One attempt at a time is open. */
  @Column({ type: 'tinyint', update: false })
  attempt: number;

  /** Our number for it at the channel, the same for every attempt to reach the channel. */
  @Column({ type: 'varchar', update: false })
  outTradeNo: string;

  @Field(() => PaymentStatus, { description: 'How far it has come.' })
  @Column('varchar')
  status: PaymentStatus;

  @Field(() => Minor, { description: 'The amount, in minor units.' })
  @MinorColumn({ update: false })
  amountMinor: number;

  @Field(() => String, { description: 'ISO 4217 code of the amount’s currency.' })
  @Column({ type: 'char', update: false })
  currency: Currency;

  /** What the buyer reads while paying; at most 127 characters. */
  @Column({ type: 'varchar', update: false })
  description: string;

  /** The channel's handle for the phone. */
  @Column('varchar', { nullable: true })
  prepayId: string | null;

  @Field(() => Date, { description: 'The channel takes no money after this instant.' })
  @Column('datetime', { precision: 3 })
  expiresAt: Date;

  /** How often the channel was asked, because its notification had not come. */
  @Column('int')
  queries: number;

  /** When to ask next, in machine time; null while there is nothing to ask. */
  @Column('datetime', { precision: 3, nullable: true })
  nextQueryAt: Date | null;
}
