import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Currency, type Id, idSuffix, move, newId, tryMove } from '#common';
import { Jobs } from '#jobs';
import { type Account, LedgerService, transfer } from '#ledger';
import { Capture, type CapturePurpose } from './capture.entity.js';
import { Payment, type PaymentId } from './payment.entity.js';
import { closePayment, paymentClosed } from './payment.jobs.js';
import { currencyOf, isOpen, PAYMENT_ATTEMPTS_MAX, paymentLife, purposeOf, type TradeReport } from './payment.rules.js';
import { RefundsService } from './refunds.service.js';

export interface NewPayment {
  readonly checkoutId: Id<'checkout'>;
  /** More than zero: what costs nothing has no payment. */
  readonly amountMinor: number;
  readonly currency: Currency;
  /** What the buyer reads while paying. */
  readonly description: string;
  readonly expiresAt: Date;
}

const DESCRIPTION_CHARACTERS_MAX = 127;

/** Money on its way in, in our books: what is to be paid, what was captured for it. `ChannelService` talks with the channel about it. */
@Injectable()
export class PaymentsService {
  constructor(
    private readonly source: DataSource,
    private readonly jobs: Jobs,
    private readonly ledger: LedgerService,
    private readonly refunds: RefundsService,
  ) {}

  /** Writes down what is to be paid, under the number that it will have at the channel. The channel hears of it when the buyer starts to pay. */
  async open(db: EntityManager, payment: NewPayment): Promise<void> {
    const description = [...payment.description].slice(0, DESCRIPTION_CHARACTERS_MAX).join('');
    await insert(db, { ...payment, description }, 1);
  }

  /** The newest attempt to pay a checkout; null if there is nothing to pay. */
  async ofCheckout(db: EntityManager, checkoutId: Id<'checkout'>): Promise<Payment | null> {
    return db.findOne(Payment, { where: { checkoutId }, order: { attempt: 'DESC' } });
  }

  /** The payment that a report is about. */
  async reported({ outTradeNo }: TradeReport): Promise<Payment> {
    const payment = await this.source.manager.findOneBy(Payment, { outTradeNo });
    if (!payment) throw new Error(`the channel captured money for ${outTradeNo}, which is none of our payments`);
    return payment;
  }

  /**
   * Books what the channel took, as part of the transaction that holds the checkout's lock.
   *
   * @param isPaid whether the checkout is paid already, by another attempt or by the same
   * @returns the capture if it pays the checkout; null if it is known already, or is money nobody asked for and on its way back
   */
  async capture(
    db: EntityManager,
    report: TradeReport,
    { isPaid }: { readonly isPaid: boolean },
  ): Promise<Capture | null> {
    const payment = await db.findOneOrFail(Payment, {
      where: { outTradeNo: report.outTradeNo },
      lock: { mode: 'pessimistic_write' },
    });
    // While it is open, nothing has been captured for it.
    if (!isOpen(payment) && (await db.existsBy(Capture, { transactionId: report.transactionId }))) return null;

    const { transactionId, amountMinor } = report;
    const capture = db.create(Capture, {
      ...{ id: newId('capture'), paymentId: payment.id, checkoutId: payment.checkoutId, transactionId, amountMinor },
      ...{ refundingMinor: 0, refundedMinor: 0, refunds: 0 },
      purpose: purposeOf(payment, report, { isPaid }),
      currency: currencyOf(report),
      succeededAt: new Date(report.succeededAt),
    });
    await db.insert(Capture, capture);
    await this.#end(db, payment, capture.purpose);
    if (capture.purpose === 'CHECKOUT') return capture;
    await this.#giveBack(db, capture, capture.purpose);
    return null;
  }

  /** The capture that pays a checkout; it must have one. */
  async captureOf(db: EntityManager, checkoutId: Id<'checkout'>): Promise<Capture> {
    return db.findOneByOrFail(Capture, { checkoutId, purpose: 'CHECKOUT' });
  }

  /** Notes that the channel takes nothing more, and tells who holds something for it; unless the money came, or the buyer started to pay, meanwhile. */
  async markClosed(db: EntityManager, payment: Payment): Promise<void> {
    const isClosed = await tryMove(db, Payment, paymentLife, payment, 'CLOSED', { nextQueryAt: null });
    if (isClosed) await this.jobs.publish(db, paymentClosed, { paymentId: payment.id, checkoutId: payment.checkoutId });
  }

  /**
   * Opens the next attempt in place of one whose number is used up at the channel, so that what the checkout holds stays held.
   *
   * @returns null if the attempt is not open any more, or was the last that is allowed
   */
  async replace(db: EntityManager, payment: Payment): Promise<Payment | null> {
    if (payment.attempt >= PAYMENT_ATTEMPTS_MAX) return null;
    const isClosed = await tryMove(db, Payment, paymentLife, payment, 'CLOSED', { nextQueryAt: null });
    return isClosed ? insert(db, payment, payment.attempt + 1) : null;
  }

  /** What a capture does to the attempt that brought it, and to the one that may have taken its place. */
  async #end(db: EntityManager, payment: Payment, purpose: CapturePurpose): Promise<void> {
    if (purpose === 'MISMATCHED') {
      // The right amount can never come under the number that brought a wrong one.
      if (isOpen(payment) && !(await this.replace(db, payment))) await this.markClosed(db, payment);
      return;
    }
    const wasClosed = payment.status === 'CLOSED';
    if (payment.status === 'SUCCEEDED') return;
    await move(db, Payment, paymentLife, payment, 'SUCCEEDED', { nextQueryAt: null });
    if (wasClosed) await this.#closeNewest(db, payment.checkoutId);
  }

  /** A closed attempt was paid all the same; nobody should pay the one that took its place. */
  async #closeNewest(db: EntityManager, checkoutId: Id<'checkout'>): Promise<void> {
    const newest = await this.ofCheckout(db, checkoutId);
    if (newest && isOpen(newest)) await this.jobs.enqueue(db, closePayment, { paymentId: newest.id });
  }

  async #giveBack(db: EntityManager, capture: Capture, reason: 'DUPLICATE' | 'MISMATCHED'): Promise<void> {
    const account: Account = `capture:${capture.id}`;
    await this.refunds.create(db, { capture, orderId: null, reason, amountMinor: capture.amountMinor, account });
    await this.ledger.post(db, [
      transfer('channel:wechat', account, capture, 'CAPTURE', { type: 'capture', id: capture.id }),
    ]);
  }
}

async function insert(db: EntityManager, payment: NewPayment, attempt: number): Promise<Payment> {
  const id: PaymentId = newId('payment');
  const { checkoutId, amountMinor, currency, description, expiresAt } = payment;
  const row = db.create(Payment, {
    ...{ id, checkoutId, attempt, amountMinor, currency, description, expiresAt },
    outTradeNo: idSuffix(id),
    status: 'INIT',
    prepayId: null,
    queries: 0,
    nextQueryAt: null,
  });
  await db.insert(Payment, row);
  return row;
}
