import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import type { SupplierId } from '#catalog';
import { type Currency, type Id, IdColumn, Minor, MinorColumn, type Sealed, SealedColumn } from '#common';
import type { UserId } from '#identity';
import type { OrderId } from '#orders';
import type { RefundId } from '#payments';

export type AfterSaleId = Id<'aftersale'>;

export const AfterSaleKind = { REFUND_ONLY: 'REFUND_ONLY', RETURN_AND_REFUND: 'RETURN_AND_REFUND' } as const;
export type AfterSaleKind = keyof typeof AfterSaleKind;
registerEnumType(AfterSaleKind, {
  name: 'AfterSaleKind',
  description: 'What a buyer asks for.',
  valuesMap: {
    REFUND_ONLY: { description: 'Money back; the goods stay where they are.' },
    RETURN_AND_REFUND: { description: 'Money back once the goods are sent back.' },
  },
});

export const AfterSaleReason = {
  NO_REASON: 'NO_REASON',
  NOT_NEEDED_ANY_MORE: 'NOT_NEEDED_ANY_MORE',
  QUALITY: 'QUALITY',
  DAMAGED: 'DAMAGED',
  WRONG_GOODS: 'WRONG_GOODS',
  MISSING: 'MISSING',
  NOT_AS_DESCRIBED: 'NOT_AS_DESCRIBED',
  NOT_RECEIVED: 'NOT_RECEIVED',
  OTHER: 'OTHER',
} as const;
export type AfterSaleReason = keyof typeof AfterSaleReason;
registerEnumType(AfterSaleReason, {
  name: 'AfterSaleReason',
  description: 'Why a buyer asks.',
  valuesMap: {
    NO_REASON: { description: 'Sent back within seven days; the law wants no reason.' },
    NOT_NEEDED_ANY_MORE: { description: 'Not wanted any more before it was shipped.' },
    QUALITY: { description: 'The goods are bad.' },
    DAMAGED: { description: 'The goods came broken.' },
    WRONG_GOODS: { description: 'Other goods came.' },
    MISSING: { description: 'Some of it was not in the parcel.' },
    NOT_AS_DESCRIBED: { description: 'The goods are not what the page says.' },
    NOT_RECEIVED: { description: 'The parcel has not come.' },
    OTHER: { description: 'Something else, which the note says.' },
  },
});

export const AfterSaleStatus = {
  APPLIED: 'APPLIED',
  APPROVED: 'APPROVED',
  RETURNING: 'RETURNING',
  RETURNED: 'RETURNED',
  REFUNDING: 'REFUNDING',
  DONE: 'DONE',
  REJECTED: 'REJECTED',
  APPEALED: 'APPEALED',
  CANCELLED: 'CANCELLED',
} as const;
export type AfterSaleStatus = keyof typeof AfterSaleStatus;
registerEnumType(AfterSaleStatus, {
  name: 'AfterSaleStatus',
  description: 'How far a case has come.',
  valuesMap: {
    APPLIED: { description: 'Whoever sold it decides; 48 hours later it is approved.' },
    APPROVED: { description: 'The buyer sends the goods back within seven days.' },
    RETURNING: { description: 'The goods are on their way back; seven days later they count as received.' },
    RETURNED: { description: 'The goods are back.' },
    REFUNDING: { description: 'The money is on its way.' },
    DONE: { description: 'The money is back with the buyer.' },
    REJECTED: { description: 'It was refused; while `dueAt` is set, the buyer may appeal once.' },
    APPEALED: { description: 'The buyer does not agree; the shop decides for good.' },
    CANCELLED: { description: 'The buyer has given it up, or did not go on with it in time.' },
  },
});

/** The places that seals of a case are bound to. */
export const AFTER_SALE_SEALS = {
  trackingNumber: 'after_sale.tracking_number',
  note: 'after_sale_step.note',
} as const;

@ObjectType({ description: 'Units of an order for which the buyer asks their money back, and what becomes of that.' })
@Entity()
export class AfterSale {
  @Field(() => ID, { description: 'The case’s id.' })
  @IdColumn('aftersale')
  id: AfterSaleId;

  @Field(() => ID, { description: 'The order that it is about.' })
  @IdColumn('order', { primary: false, update: false })
  orderId: OrderId;

  @IdColumn('user', { primary: false, update: false })
  buyerId: UserId;

  @IdColumn('supplier', { primary: false, update: false })
  supplierId: SupplierId;

  @Field(() => AfterSaleKind, { description: 'What is asked for.' })
  @Column({ type: 'varchar', update: false })
  kind: AfterSaleKind;

  @Field(() => AfterSaleReason, { description: 'Why.' })
  @Column({ type: 'varchar', update: false })
  reason: AfterSaleReason;

  @Field(() => AfterSaleStatus, { description: 'How far it has come.' })
  @Column('varchar')
  status: AfterSaleStatus;

  /** Whether it asks for units that were not shipped; as long as it is APPLIED they are not. */
  @Column({ type: 'boolean', update: false })
  isUnshipped: boolean;

  @Field(() => Boolean, { description: 'Whether the buyer has appealed, which can be done once.' })
  @Column('boolean')
  isAppealed: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether what came back is for sale again; null until it is received.',
  })
  @Column('boolean', { nullable: true })
  isResaleable: boolean | null;

  @Field(() => Minor, { description: 'How much of the amount is freight, in minor units.' })
  @MinorColumn()
  freightMinor: number;

  @Field(() => Minor, {
    description:
      'What goes back, in minor units: its lines and freight. Until it is REFUNDING, what would go back now.',
  })
  @MinorColumn()
  amountMinor: number;

  @Field(() => String, { description: 'ISO 4217 code of the amounts’ currency.' })
  @Column({ type: 'char', update: false })
  currency: Currency;

  /** The refund as it was promised; the channel may do it under a later number. */
  @IdColumn('refund', { primary: false, nullable: true })
  refundId: RefundId | null;

  /** WeChat's id of who brings it back. */
  @Column('varchar', { nullable: true })
  carrier: string | null;

  @SealedColumn({ nullable: true })
  trackingNumber: Sealed | null;

  @Field(() => Date, { description: 'When it was applied for.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  appliedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When the goods were sent back; null until then.' })
  @Column('datetime', { precision: 3, nullable: true })
  sentAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'Until when the next step is to be taken, and of a REFUNDING one until when the money must be back; null once it is over.',
  })
  @Column('datetime', { precision: 3, nullable: true })
  dueAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was over; null until then.' })
  @Column('datetime', { precision: 3, nullable: true })
  closedAt: Date | null;

  /** The one of both that there is, as the database computes it; lists are sorted by it, and nobody reads it. */
  @Column({ type: 'datetime', precision: 3, nullable: true, select: false, insert: false, update: false })
  listedAt?: Date | null;
}
