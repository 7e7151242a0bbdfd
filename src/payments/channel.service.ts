import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { BusinessTime, type Id, idBytes, MachineClock, Transactor, tryMove } from '#common';
import { Jobs, sweep, SWEEP_PAGE } from '#jobs';
import { PayClient, type PaySignature, refusalCode, type Trade } from '#wechat';
import { NOTIFY_PATH } from './notify-path.js';
import { Payment, type PaymentId } from './payment.entity.js';
import { tradeReported } from './payment.jobs.js';
import { nextQueryAt, paymentLife, type TradeReport } from './payment.rules.js';
import { PaymentsService } from './payments.service.js';

/** Refusals of a prepay by which the channel says that this number cannot be paid any more, at least not on our terms. */
const NUMBER_USED_UP: ReadonlySet<string> = new Set(['ORDERCLOSED', 'OUTTRADENOUSED', 'INVALIDREQUEST']);

/** What is said between us and the channel about payments: starting, asking, closing. No transaction is open while we wait for it. */
@Injectable()
export class ChannelService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly machine: MachineClock,
    private readonly channel: PayClient,
    private readonly jobs: Jobs,
    private readonly payments: PaymentsService,
  ) {}

  /**
   * What the phone needs to pay. The intent is committed before the channel is asked, so that whatever happens to the answer, we know to ask about it;
   * the channel is asked each time, because it may have ended the payment meanwhile: then there is a next attempt under a new number.
   *
   * @returns null if it is closed or paid by now
   * @throws ChannelError if the channel cannot be reached or refuses
   */
  async start(checkoutId: Id<'checkout'>, openid: string): Promise<PaySignature | null> {
    const payment = await this.#intend(await this.payments.ofCheckout(this.source.manager, checkoutId));
    if (payment?.status !== 'PENDING') return null;
    const prepayId = await this.#prepayOrReplace(payment, openid);
    return prepayId === null ? null : this.channel.signForClient(prepayId);
  }

  /** Asks the channel about a payment, once. */
  async ask({ outTradeNo }: Payment): Promise<TradeReport | null> {
    return reportOf(await this.channel.query(outTradeNo));
  }

  /** Asks the channel about money by its own number and has it booked, if it was paid; nothing happens if the channel does not know it. */
  async askForTransaction(transactionId: string): Promise<void> {
    const report = reportOf(await this.channel.queryTransaction(transactionId));
    if (report) await this.jobs.publish(this.source.manager, tradeReported, report);
  }

  /** A report to act on: one that names another amount than we asked for is asked about first, because refunds must name the true one. */
  async verified(payment: Payment, report: TradeReport): Promise<TradeReport> {
    if (report.amountMinor === payment.amountMinor && report.currency === payment.currency) return report;
    const answer = await this.ask(payment);
    return answer?.transactionId === report.transactionId ? answer : report;
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

  /** The payment as it stands once nobody can say that the channel was not meant to know of it. */
  async #intend(payment: Payment | null): Promise<Payment | null> {
    if (payment?.status !== 'INIT') return payment;
    const db = this.source.manager;
    const intent = { nextQueryAt: nextQueryAt(0, this.machine.now()) };
    const isFirst = await tryMove(db, Payment, paymentLife, payment, 'PENDING', intent);
    return isFirst ? payment : this.payments.ofCheckout(db, payment.checkoutId);
  }

  async #prepayOrReplace(payment: Payment, openid: string): Promise<string | null> {
    try {
      return await this.#prepay(payment, openid);
    } catch (error) {
      const code = refusalCode(error);
      if (code === 'ORDERPAID') return null; // Asking the channel about it tells how.
      if (code === null || !NUMBER_USED_UP.has(code)) throw error;
      // The channel knows the number with other terms, or as closed. Once it is closed for sure, the next one is safe.
      if ((await this.channel.close(payment.outTradeNo)) !== 'CLOSED') throw error;
      const next = await this.#intend(await this.transactor.run((db) => this.payments.replace(db, { ...payment })));
      if (next?.status !== 'PENDING') throw error;
      return this.#prepay(next, openid);
    }
  }

  /** Null if the payment was closed while the channel was asked: it may have heard of the closing first, so it is told once more. */
  async #prepay(payment: Payment, openid: string): Promise<string | null> {
    const { prepayId } = await this.channel.prepay({ ...payment, openid, notifyPath: NOTIFY_PATH });
    const { affected } = await this.source.manager.update(Payment, { id: payment.id, status: 'PENDING' }, { prepayId });
    if (affected === 1) return prepayId;
    await this.channel.close(payment.outTradeNo);
    return null;
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

  /** Of a copy each time: a move changes the row in memory, and a transaction may have to run again. */
  async #markClosed(payment: Payment): Promise<void> {
    await this.transactor.run((db) => this.payments.markClosed(db, { ...payment }));
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
