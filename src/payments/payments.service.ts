import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import {
  BusinessTime,
  type Currency,
  type Id,
  idBytes,
  idSuffix,
  MachineClock,
  move,
  newId,
  Transactor,
  tryMove,
} from '#common';
import { Jobs, sweep, SWEEP_PAGE } from '#jobs';
import { type Account, LedgerService, transfer } from '#ledger';
import { PayClient, type PaySignature, type Trade } from '#wechat';
import { Capture, type CaptureId } from './capture.entity.js';
import { Payment, type PaymentId } from './payment.entity.js';
import { paymentClosed, tradeReported } from './payment.jobs.js';
import { currencyOf, nextQueryAt, paymentLife, purposeOf, type TradeReport } from './payment.rules.js';
import { NOTIFY_PATH } from './notify-path.js';
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

/** Money on its way in: what is to be paid, what the channel says of it, and the end of waiting. */
@Injectable()
export class PaymentsService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly machine: MachineClock,
    private readonly channel: PayClient,
    private readonly jobs: Jobs,
    private readonly ledger: LedgerService,
    private readonly refunds: RefundsService,
  ) {}

  /** Writes down what is to be paid, under the number that it will have at the channel. The channel hears of it with `start`. */
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

  /**
   * What the phone needs to pay. The intent is committed before the channel is asked, so that whatever happens to the answer, we know to ask about it;
   * asking again gives the same payment.
   *
   * @throws ChannelError if the channel cannot be reached or refuses
   */
  async start(payment: Payment, openid: string): Promise<PaySignature> {
    if (payment.status === 'INIT') {
      const intent = { nextQueryAt: nextQueryAt(0, this.machine.now()) };
      await tryMove(this.source.manager, Payment, paymentLife, payment, 'PENDING', intent);
    }
    if (payment.prepayId === null) {
      const { prepayId } = await this.channel.prepay({ ...payment, openid, notifyPath: NOTIFY_PATH });
      await this.source.manager.update(Payment, { id: payment.id }, { prepayId });
      payment.prepayId = prepayId;
    }
    return this.channel.signForClient(payment.prepayId);
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

  /** A report to act on: one that names another amount than we asked for is asked about first, because refunds must name the true one. */
  async verified(payment: Payment, report: TradeReport): Promise<TradeReport> {
    if (report.amountMinor === payment.amountMinor && report.currency === payment.currency) return report;
    return (await this.ask(payment)) ?? report;
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
    if (await db.existsBy(Capture, { transactionId: report.transactionId })) return null;

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
    if (capture.purpose === 'MISMATCHED' && payment.status !== 'CLOSED') await this.#closeWithin(db, payment);
    return null;
  }

  /** The capture that pays a checkout; it must have one. */
  async captureOf(db: EntityManager, checkoutId: Id<'checkout'>): Promise<Capture> {
    const { id } = await this.ofCheckout(db, checkoutId);
    return db.findOneByOrFail(Capture, { paymentId: id, purpose: 'CHECKOUT' });
  }

  /** Asks the channel about a payment, once. */
  async ask({ outTradeNo }: Payment): Promise<TradeReport | null> {
    return reportOf(await this.channel.query(outTradeNo));
  }

  /** Ends a payment at the channel: afterwards it is closed and its hold may be released, or the channel's success is on its way. */
  async close(id: PaymentId): Promise<void> {
    const payment = await this.source.manager.findOneByOrFail(Payment, { id });
    // Without an intent nobody has told the channel, so there is nothing to close there.
    if (payment.status === 'INIT') await this.#markClosed(payment);
    if (payment.status !== 'PENDING') return;
    const result = await this.channel.close(payment.outTradeNo);
    if (result === 'PAID') await this.#askAndTell(payment);
    else await this.#markClosed(payment);
  }

  /** Closes every payment whose window is over in business time. */
  async closeOverdue(): Promise<void> {
    const now = await this.businessTime.read(this.source.manager);
    await sweep<Payment>(
      (after) => this.#page('expires_at', now, after),
      (payment) => this.close(payment.id),
    );
  }

  /** Asks about payments that the channel should have told us about by now. */
  async queryPending(): Promise<void> {
    await sweep<Payment>(
      (after) => this.#page('next_query_at', this.machine.now(), after),
      (payment) => this.#askAndTell(payment),
    );
  }

  /** Unfinished payments that are due by one of their clocks, in its order. */
  #page(clock: 'expires_at' | 'next_query_at', now: Date, after: Payment | null): Promise<Payment[]> {
    const property = clock === 'expires_at' ? 'expiresAt' : 'nextQueryAt';
    const query = this.source.manager
      .createQueryBuilder(Payment, 'payment')
      .where({ status: In(clock === 'expires_at' ? ['INIT', 'PENDING'] : ['PENDING']) })
      .andWhere(`payment.${property} <= :now`, { now })
      .orderBy(`payment.${property}`)
      .addOrderBy('payment.id')
      .take(SWEEP_PAGE);
    if (after) {
      query.andWhere(`(payment.${property}, payment.id) > (:at, :id)`, { at: after[property], id: idBytes(after.id) });
    }
    return query.getMany();
  }

  async #askAndTell(payment: Payment): Promise<void> {
    const report = await this.ask(payment);
    if (report) await this.jobs.publish(this.source.manager, tradeReported, report);
    const queries = payment.queries + 1;
    await this.source.manager.update(
      Payment,
      { id: payment.id, status: 'PENDING' },
      { queries, nextQueryAt: nextQueryAt(queries, this.machine.now()) },
    );
  }

  async #markClosed(payment: Payment): Promise<void> {
    await this.transactor.run((db) => this.#closeWithin(db, payment));
  }

  /** Nothing happens if the buyer started to pay, or the money came, in the meantime. */
  async #closeWithin(db: EntityManager, payment: Payment): Promise<void> {
    const isClosed = await tryMove(db, Payment, paymentLife, payment, 'CLOSED', { nextQueryAt: null });
    if (isClosed) await this.jobs.publish(db, paymentClosed, { paymentId: payment.id, checkoutId: payment.checkoutId });
  }

  async #giveBack(db: EntityManager, capture: Capture, reason: 'DUPLICATE' | 'MISMATCHED'): Promise<void> {
    const account: Account = `capture:${capture.id}`;
    await this.refunds.create(db, { capture, orderId: null, reason, amountMinor: capture.amountMinor, account });
    await this.ledger.post(db, [
      transfer('channel:wechat', account, capture, 'CAPTURE', { type: 'capture', id: capture.id satisfies CaptureId }),
    ]);
  }
}

/** A trade that was paid, as a report; REFUND is a paid trade of which something went back. */
export function reportOf(trade: Trade | null): TradeReport | null {
  if (trade?.state !== 'SUCCESS' && trade?.state !== 'REFUND') return null;
  const { outTradeNo, transactionId, amountMinor, currency, succeededAt } = trade;
  if (transactionId === null || amountMinor === null || currency === null || succeededAt === null) {
    throw new Error(`the channel calls ${outTradeNo} paid but does not say how`);
  }
  return { outTradeNo, transactionId, amountMinor, currency, succeededAt: succeededAt.toISOString() };
}
