import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import type { SupplierId } from '#catalog';
import { type Currency, type Id, IdColumn, Minor, MinorColumn } from '#common';
import type { StaffId } from '#identity';

export type PayoutId = Id<'payout'>;

export const PayoutStatus = {
  PROPOSED: 'PROPOSED',
  APPROVED: 'APPROVED',
  PAID: 'PAID',
  CANCELLED: 'CANCELLED',
} as const;
export type PayoutStatus = keyof typeof PayoutStatus;
registerEnumType(PayoutStatus, {
  name: 'PayoutStatus',
  description: 'How far a payout has come.',
  valuesMap: {
    PROPOSED: { description: 'One of FINANCE wants it paid; another must agree.' },
    APPROVED: { description: 'It is to be transferred by the bank.' },
    PAID: { description: 'The bank has transferred it.' },
    CANCELLED: { description: 'It will not be paid; the supplier is owed it again.' },
  },
});

@ObjectType({ description: 'Money that is paid to a supplier by bank transfer.' })
@Entity()
export class Payout {
  @Field(() => ID, { description: 'The payout’s id.' })
  @IdColumn('payout')
  id: PayoutId;

  @IdColumn('supplier', { primary: false, update: false })
  supplierId: SupplierId;

  @Field(() => Minor, { description: 'The amount, in minor units.' })
  @MinorColumn({ update: false })
  amountMinor: number;

  @Field(() => String, { description: 'ISO 4217 code of the amount’s currency.' })
  @Column({ type: 'char', update: false })
  currency: Currency;

  @Field(() => PayoutStatus, { description: 'How far it has come.' })
  @Column('varchar')
  status: PayoutStatus;

  /** Why it was proposed; also in the audit trail. */
  @Column({ type: 'varchar', update: false })
  reason: string;

  @IdColumn('staff', { primary: false, update: false })
  proposedById: StaffId;

  @Field(() => Date, { description: 'When it was proposed.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  proposedAt: Date;

  @IdColumn('staff', { primary: false, nullable: true })
  approvedById: StaffId | null;

  @Field(() => Date, { nullable: true, description: 'When a second of FINANCE agreed; null until then.' })
  @Column('datetime', { precision: 3, nullable: true })
  approvedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'The bank’s number of the transfer; null until it is paid.' })
  @Column('varchar', { nullable: true })
  reference: string | null;

  @Field(() => String, { nullable: true, description: 'The day of the transfer, `2026-11-22`; null until it is paid.' })
  @Column('date', { nullable: true })
  paidOn: string | null;

  @Field(() => Date, { nullable: true, description: 'When it was entered as paid, or cancelled; null until then.' })
  @Column('datetime', { precision: 3, nullable: true })
  endedAt: Date | null;
}
