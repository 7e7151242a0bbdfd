import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import type { SupplierId } from '#catalog';
import { type Currency, type Id, IdColumn, Minor, MinorColumn } from '#common';
import type { RefundId } from '#payments';
import type { OrderId } from '../order.entity.js';

export type SupplierEntryId = Id<'entry'>;

export const SupplierEntryKind = {
  SETTLED: 'SETTLED',
  RETURNED: 'RETURNED',
  PAYOUT: 'PAYOUT',
  PAYOUT_CANCELLED: 'PAYOUT_CANCELLED',
} as const;
export type SupplierEntryKind = keyof typeof SupplierEntryKind;
registerEnumType(SupplierEntryKind, {
  name: 'SupplierEntryKind',
  description: 'Why what a supplier is owed changed.',
  valuesMap: {
    SETTLED: { description: 'An order was completed, and its money is earned.' },
    RETURNED: { description: 'Money of a settled order goes back to its buyer.' },
    PAYOUT: { description: 'It is being paid out.' },
    PAYOUT_CANCELLED: { description: 'A payout was cancelled; it is owed again.' },
  },
});

@ObjectType({ description: 'One change of what a supplier is owed. Never edited, never deleted.' })
@Entity()
export class SupplierEntry {
  @Field(() => ID, { description: 'The entry’s id.' })
  @IdColumn('entry')
  id: SupplierEntryId;

  @IdColumn('supplier', { primary: false, update: false })
  supplierId: SupplierId;

  @Field(() => SupplierEntryKind, { description: 'Why.' })
  @Column({ type: 'varchar', update: false })
  kind: SupplierEntryKind;

  @Field(() => ID, { nullable: true, description: 'The order that it is about; null for payouts.' })
  @IdColumn('order', { primary: false, nullable: true, update: false })
  orderId: OrderId | null;

  /** The refund that it pays for. */
  @IdColumn('refund', { primary: false, nullable: true, update: false })
  refundId: RefundId | null;

  @Field(() => ID, { nullable: true, description: 'The payout that it is about; null for orders.' })
  @IdColumn('payout', { primary: false, nullable: true, update: false })
  payoutId: Id<'payout'> | null;

  @Field(() => Minor, { description: 'What is owed more, in minor units; negative if it is less.' })
  @MinorColumn({ update: false })
  amountMinor: number;

  @Field(() => String, { description: 'ISO 4217 code of the amount’s currency.' })
  @Column({ type: 'char', update: false })
  currency: Currency;

  @Field(() => Date, { description: 'When.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  bookedAt: Date;
}
