import { Column, Entity } from 'typeorm';
import { type Currency, type Id, IdColumn, MinorColumn } from '#common';
import type { PaymentId } from './payment.entity.js';

export type CaptureId = Id<'capture'>;

/** What money that the channel took is for. All but CHECKOUT go straight back. */
export const CapturePurpose = { CHECKOUT: 'CHECKOUT', DUPLICATE: 'DUPLICATE', MISMATCHED: 'MISMATCHED' } as const;
export type CapturePurpose = keyof typeof CapturePurpose;

/** Money that the channel took: every cent of it is owned, by orders or by refunds (INV-11). */
@Entity()
export class Capture {
  @IdColumn('capture')
  id: CaptureId;

  @IdColumn('payment', { primary: false, update: false })
  paymentId: PaymentId;

  @IdColumn('checkout', { primary: false, update: false })
  checkoutId: Id<'checkout'>;

  /** The channel's number; unique, so no capture counts twice (INV-13). */
  @Column({ type: 'varchar', update: false })
  transactionId: string;

  @Column({ type: 'varchar', update: false })
  purpose: CapturePurpose;

  @MinorColumn({ update: false })
  amountMinor: number;

  @Column({ type: 'char', update: false })
  currency: Currency;

  /** Promised back so far; guarded, so that refunds never exceed what was taken (INV-10). */
  @MinorColumn()
  refundingMinor: number;

  @MinorColumn()
  refundedMinor: number;

  /** How many refunds were made of it: the channel takes fifty. */
  @Column('tinyint')
  refunds: number;

  /** When a refund of it was last sent, in machine time: the channel wants a minute between two. */
  @Column('datetime', { precision: 3, nullable: true })
  refundSubmittedAt: Date | null;

  /** Channel time: it decides whether a payment was late. */
  @Column({ type: 'datetime', precision: 3, update: false })
  succeededAt: Date;
}
