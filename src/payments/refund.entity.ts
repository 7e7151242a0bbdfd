import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Currency, type Id, IdColumn, Minor, MinorColumn } from '#common';
import type { Account } from '#ledger';
import type { StaffId } from '#identity';
import type { CaptureId } from './capture.entity.js';

export type RefundId = Id<'refund'>;

export const RefundStatus = {
  CREATED: 'CREATED',
  SUBMITTED: 'SUBMITTED',
  SUCCEEDED: 'SUCCEEDED',
  CLOSED: 'CLOSED',
  ABNORMAL: 'ABNORMAL',
  MANUAL: 'MANUAL',
} as const;
export type RefundStatus = keyof typeof RefundStatus;
registerEnumType(RefundStatus, {
  name: 'RefundStatus',
  description: 'How far a refund has come.',
  valuesMap: {
    CREATED: { description: 'It is owed and will be sent to the channel.' },
    SUBMITTED: { description: 'The channel was asked to pay it back.' },
    SUCCEEDED: { description: 'The money is back with the buyer.' },
    CLOSED: { description: 'The channel gave up; a new refund takes its place.' },
    ABNORMAL: { description: 'The buyer’s account cannot take it; an operator finds another way. It is still owed.' },
    MANUAL: { description: 'The channel does not get it done; an operator takes over. It is still owed.' },
  },
});

export const RefundReason = {
  TEAM_FAILED: 'TEAM_FAILED',
  LEFT: 'LEFT',
  LATE: 'LATE',
  DUPLICATE: 'DUPLICATE',
  MISMATCHED: 'MISMATCHED',
  OPERATOR: 'OPERATOR',
  AFTER_SALE: 'AFTER_SALE',
  RECALL: 'RECALL',
} as const;
export type RefundReason = keyof typeof RefundReason;
registerEnumType(RefundReason, {
  name: 'RefundReason',
  description: 'Why money goes back.',
  valuesMap: {
    TEAM_FAILED: { description: 'The team did not fill in time.' },
    LEFT: { description: 'The buyer left the team before it formed.' },
    LATE: { description: 'It was paid when the hold was over.' },
    DUPLICATE: { description: 'It was paid more than once.' },
    MISMATCHED: { description: 'The channel took another amount than was asked for.' },
    OPERATOR: { description: 'The shop gives it back; `note` says why.' },
    AFTER_SALE: { description: 'The buyer did not want it any more, or something was wrong with it.' },
    RECALL: { description: 'The goods were recalled.' },
  },
});

@ObjectType({ description: 'Money on its way back to the buyer.' })
@Entity()
export class Refund {
  @Field(() => ID, { description: 'The refund’s id.' })
  @IdColumn('refund')
  id: RefundId;

  @IdColumn('capture', { primary: false, update: false })
  captureId: CaptureId;

  /** The order that gives it back; null if the money never belonged to one. */
  @IdColumn('order', { primary: false, nullable: true, update: false })
  orderId: Id<'order'> | null;

  @Field(() => String, { description: 'Our number for it at the channel, for customer service.' })
  @Column({ type: 'varchar', update: false })
  outRefundNo: string;

  @Field(() => RefundReason, { description: 'Why.' })
  @Column({ type: 'varchar', update: false })
  reason: RefundReason;

  @Field(() => String, { nullable: true, description: 'What the operator said about it, if one gave it back.' })
  @Column({ type: 'varchar', nullable: true, update: false })
  note: string | null;

  /** Who of the staff gave it back. Before they had accounts of their own it was a user, whose id has the same bytes under another name. */
  @IdColumn('staff', { primary: false, nullable: true, update: false })
  requestedById: StaffId | null;

  @Field(() => Minor, { description: 'The amount, in minor units.' })
  @MinorColumn({ update: false })
  amountMinor: number;

  @Field(() => String, { description: 'ISO 4217 code of the amount’s currency.' })
  @Column({ type: 'char', update: false })
  currency: Currency;

  /** The account that owns the money until it is back. */
  @Column({ type: 'varchar', update: false })
  account: Account;

  @Field(() => RefundStatus, { description: 'How far it has come.' })
  @Column('varchar')
  status: RefundStatus;

  @Field(() => String, {
    nullable: true,
    description: 'The channel’s number for it, for customer service; null until the channel has said it.',
  })
  @Column('varchar', { nullable: true })
  channelRefundId: string | null;

  /** What the channel last said was wrong. */
  @Column('varchar', { nullable: true })
  problem: string | null;

  /** The refund that the channel closed and that this one replaces. */
  @IdColumn('refund', { primary: false, nullable: true, update: false })
  predecessorId: RefundId | null;

  /** How often the channel was asked whether it is done. */
  @Column('int')
  queries: number;

  /** Until when the channel is left alone with it, in machine time; afterwards operators see it. */
  @Column('datetime', { precision: 3 })
  manualAfter: Date;

  @Field(() => Date, { description: 'Since when it is owed.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  createdAt: Date;

  @Field(() => String, {
    nullable: true,
    description: 'The bank’s number of the transfer by which it was paid outside WeChat; null for all others.',
  })
  @Column('varchar', { nullable: true })
  outsideReference: string | null;

  @Field(() => Date, { nullable: true, description: 'When it was paid back.' })
  @Column('datetime', { precision: 3, nullable: true })
  succeededAt: Date | null;
}
