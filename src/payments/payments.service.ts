import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Currency, type Id, idBytes, idSuffix, move, newId, tryMove } from '#common';
import { Jobs } from '#jobs';
import { type Account, LedgerService, transfer } from '#ledger';
import { Capture } from './capture.entity.js';
import { Payment, type PaymentId } from './payment.entity.js';
import { paymentClosed } from './payment.jobs.js';
import { currencyOf, paymentLife, purposeOf, type TradeReport } from './payment.rules.js';
import { RefundsService } from './refunds.service.js';

export interface NewPayment {
  readonly checkoutId: Id<'checkout'>;
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
  async open(db: EntityManager, payment: NewPayment): Promise<Payment> {
    const id: PaymentId = newId('payment');
    const row = db.create(Payment, {
      ...payment,
      id,
      outTradeNo: idSuffix(id),
      description: [...payment.description].slice(0, DESCRIPTION_CHARACTERS_MAX).join(''),
      status: 'INIT',
      queries: 0,
    });
    await db.insert(Payment, row);
    return row;
  }

  async ofCheckout(db: EntityManager, checkoutId: Id<'checkout'>): Promise<Payment> {
    return db.findOneByOrFail(Payment, { checkoutId });
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
   * @returns the capture if it pays the checkout; null if it is known already, or is money nobody asked for and on its way back
   */
  async capture(db: EntityManager, report: TradeReport): Promise<Capture | null> {
    const payment = await db.findOneOrFail(Payment, {
      where: { outTradeNo: report.outTradeNo },
      lock: { mode: 'pessimistic_write' },
    });
    // While it is open, nothing has been captured for it.
    const isOpen = payment.status === 'INIT' || payment.status === 'PENDING';
    if (!isOpen && (await db.existsBy(Capture, { transactionId: report.transactionId }))) return null;

    const capture = db.create(Capture, {
      id: newId('capture'),
      paymentId: payment.id,
      transactionId: report.transactionId,
      purpose: purposeOf(payment, report),
      amountMinor: report.amountMinor,
      currency: currencyOf(report),
      refundingMinor: 0,
      refundedMinor: 0,
      succeededAt: new Date(report.succeededAt),
    });
    if (capture.purpose === 'CHECKOUT') {
      await move(db, Payment, paymentLife, payment, 'SUCCEEDED', { nextQueryAt: null });
      await db.insert(Capture, capture);
      return capture;
    }
    await db.insert(Capture, capture);
    await this.#giveBack(db, capture, capture.purpose);
    // The number is used up at the channel, so the right amount can never come under it.
    if (capture.purpose === 'MISMATCHED' && payment.status !== 'CLOSED') await this.markClosed(db, payment);
    return null;
  }

  /** The capture that pays a checkout; it must have one. */
  async captureOf(db: EntityManager, checkoutId: Id<'checkout'>): Promise<Capture> {
    return db
      .createQueryBuilder(Capture, 'capture')
      .innerJoin(Payment, 'payment', 'payment.id = capture.paymentId')
      .where({ purpose: 'CHECKOUT' })
      .andWhere('payment.checkoutId = :checkoutId', { checkoutId: idBytes(checkoutId) })
      .getOneOrFail();
  }

  /** Notes that the channel takes nothing more, and tells who holds something for it; unless the money came, or the buyer started to pay, meanwhile. */
  async markClosed(db: EntityManager, payment: Payment): Promise<void> {
    const isClosed = await tryMove(db, Payment, paymentLife, payment, 'CLOSED', { nextQueryAt: null });
    if (isClosed) await this.jobs.publish(db, paymentClosed, { paymentId: payment.id, checkoutId: payment.checkoutId });
  }

  async #giveBack(db: EntityManager, capture: Capture, reason: 'DUPLICATE' | 'MISMATCHED'): Promise<void> {
    const account: Account = `capture:${capture.id}`;
    await this.refunds.create(db, { capture, orderId: null, reason, amountMinor: capture.amountMinor, account });
    await this.ledger.post(db, [
      transfer('channel:wechat', account, capture, 'CAPTURE', { type: 'capture', id: capture.id }),
    ]);
  }
}
