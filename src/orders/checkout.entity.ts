import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Currency, type Id, IdColumn, Minor, MinorColumn } from '#common';
import type { UserId } from '#identity';

export type CheckoutId = Id<'checkout'>;

export const CheckoutStatus = { HELD: 'HELD', PAID: 'PAID', RELEASED: 'RELEASED' } as const;
export type CheckoutStatus = keyof typeof CheckoutStatus;
registerEnumType(CheckoutStatus, {
  name: 'CheckoutStatus',
  description: 'How far a checkout has come.',
  valuesMap: {
    HELD: { description: 'Its goods are held until `payUntil`.' },
    PAID: { description: 'Its money has arrived.' },
    RELEASED: { description: 'It was not paid in time, or cancelled; nothing is held any more.' },
  },
});

@ObjectType({ description: 'What a buyer pays at once: one order for each supplier.' })
@Entity()
export class Checkout {
  @Field(() => ID, { description: 'The checkout’s id.' })
  @IdColumn('checkout')
  id: CheckoutId;

  @IdColumn('user', { primary: false, update: false })
  buyerId: UserId;

  @Field(() => CheckoutStatus, { description: 'How far it has come.' })
  @Column('varchar')
  status: CheckoutStatus;

  @Field(() => Minor, { description: 'What is to be paid, in minor units: the sum of its orders.' })
  @MinorColumn({ update: false })
  payableMinor: number;

  @Field(() => String, { description: 'ISO 4217 code of the amounts’ currency.' })
  @Column({ type: 'char', update: false })
  currency: Currency;

  @Field(() => Date, { description: 'When it was placed.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  placedAt: Date;

  @Field(() => Date, { description: 'Until when it can be paid.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  payUntil: Date;
}
