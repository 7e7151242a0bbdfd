import { isDeepStrictEqual } from 'node:util';
import { type Books, type Capture, type Trade, TRADE_LIFE_MS } from './books.js';
import { type BusinessClock, HOUR_MS } from './clock.js';
import { badBody, ControlError, payErrors } from './errors.js';
import { newPrepayId, newTransactionId } from './ids.js';
import type { PrepayTerms } from './pay.inputs.js';

const PREPAY_LIFE_MS = 2 * HOUR_MS;

/** How a phone pays, and how the channel may get it wrong. */
export interface PaymentOrder {
  readonly prepayId: string;
  /** Whoever holds the phone; left out, it is the payer that the trade names. */
  readonly openid: string | undefined;
  /** Another amount than the trade's, if the channel takes a wrong one. */
  readonly amountMinor: number | undefined;
  readonly successAtMs: number | undefined;
  readonly ignoreExpiry: boolean;
  readonly again: boolean;
}

/** The life of a trade: prepaid, then captured or closed. */
export class Trades {
  constructor(
    private readonly books: Books,
    private readonly clock: BusinessClock,
  ) {}

  /**
   * The prepay id of a trade: a new trade, the same id again while it is valid, or a fresh one.
   *
   * @throws PayError ORDERPAID, ORDER_CLOSED (also once its time has run out), INVALID_REQUEST if the parameters are not
   *   those of the first call, or PARAM_ERROR if a new trade has run out already
   */
  prepay(terms: PrepayTerms): string {
    const nowMs = this.clock.nowMs();
    const known = this.books.trades.get(terms.outTradeNo);
    if (!known) return this.#open(terms, nowMs);

    if (this.books.capturesOf(known.outTradeNo).length > 0) throw payErrors.paid();
    if (known.isClosed) throw payErrors.closed();
    if (!isDeepStrictEqual(known.request, terms.request)) {
      throw payErrors.invalidRequest('请求重入时，参数与首次请求时不一致');
    }
    if (nowMs >= known.expiresAtMs) throw payErrors.closed();
    if (nowMs < known.prepaidAtMs + PREPAY_LIFE_MS) return known.prepayId;
    return this.#give({ ...known, prepayId: newPrepayId(nowMs), prepaidAtMs: nowMs });
  }

  /**
   * Closes a trade, so that nobody can pay it; closing it again changes nothing.
   *
   * @throws PayError ORDER_NOT_EXIST, or ORDERPAID
   */
  close(outTradeNo: string): void {
    const trade = this.books.trades.get(outTradeNo);
    if (!trade) throw payErrors.unknownOrder();
    if (this.books.capturesOf(outTradeNo).length > 0) throw payErrors.paid();
    this.#close(trade);
  }

  /**
   * Closes a trade that the merchant did not ask to close, as a channel may for reasons of its own.
   *
   * @throws ControlError TRADE_NOT_FOUND, or ORDERPAID
   */
  closeUnasked(outTradeNo: string): void {
    const trade = this.books.trades.get(outTradeNo);
    if (!trade) throw new ControlError(404, 'TRADE_NOT_FOUND', 'nothing was ever prepaid under this number');
    if (this.books.capturesOf(outTradeNo).length > 0)
      throw new ControlError(409, 'ORDERPAID', 'the trade is paid already');
    this.#close(trade);
  }

  /**
   * Takes the money, as when a phone pays.
   *
   * @throws ControlError PREPAY_NOT_FOUND, WRONG_PAYER, ORDERPAID, ORDER_CLOSED or PREPAY_EXPIRED
   */
  capture(order: PaymentOrder): { trade: Trade; capture: Capture } {
    const nowMs = this.clock.nowMs();
    const trade = this.books.tradeOfPrepay(order.prepayId);
    if (!trade) throw new ControlError(404, 'PREPAY_NOT_FOUND', 'this prepay id was never given out', 'prepay_id');
    this.#refusePayment(trade, order, nowMs);

    const capture: Capture = {
      transactionId: newTransactionId(nowMs),
      outTradeNo: trade.outTradeNo,
      openid: trade.openid,
      amountMinor: order.amountMinor ?? trade.amountMinor,
      currency: trade.currency,
      successAtMs: order.successAtMs ?? nowMs,
    };
    this.books.captures.put(capture.transactionId, capture);
    return { trade, capture };
  }

  #close(trade: Trade): void {
    if (!trade.isClosed) this.books.trades.put(trade.outTradeNo, { ...trade, isClosed: true });
  }

  #refusePayment(trade: Trade, { prepayId, openid, again, ignoreExpiry }: PaymentOrder, nowMs: number): void {
    if (openid !== undefined && openid !== trade.openid) {
      throw new ControlError(409, 'WRONG_PAYER', 'the trade names another payer');
    }
    if (this.books.capturesOf(trade.outTradeNo).length > 0) {
      if (!again) throw new ControlError(409, 'ORDERPAID', 'the trade is paid already');
      return;
    }
    if (ignoreExpiry) return;
    if (trade.isClosed) throw new ControlError(409, 'ORDER_CLOSED', 'the trade is closed');
    const endsAtMs = Math.min(trade.expiresAtMs, trade.prepaidAtMs + PREPAY_LIFE_MS);
    if (prepayId !== trade.prepayId || nowMs >= endsAtMs) {
      throw new ControlError(409, 'PREPAY_EXPIRED', 'the prepay id or the trade has run out');
    }
  }

  #open({ timeExpireMs, ...terms }: PrepayTerms, nowMs: number): string {
    if (timeExpireMs !== undefined && timeExpireMs <= nowMs) {
      throw badBody('/time_expire', terms.request['time_expire'], 'must lie in the future');
    }
    return this.#give({
      ...terms,
      expiresAtMs: timeExpireMs ?? nowMs + TRADE_LIFE_MS,
      prepayId: newPrepayId(nowMs),
      prepaidAtMs: nowMs,
      isClosed: false,
    });
  }

  #give(trade: Trade): string {
    this.books.trades.put(trade.outTradeNo, trade);
    return trade.prepayId;
  }
}
