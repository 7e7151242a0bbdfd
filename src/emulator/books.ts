import { DAY_MS } from './clock.js';
import type { Store, Table } from './store.js';

/** One `out_trade_no` of the shop: what it asked for and where that stands. */
export interface Trade {
  readonly outTradeNo: string;
  /** The body of the first prepay call; a repeated call must be equal to it. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly openid: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly attach: string | undefined;
  readonly notifyUrl: string;
  /** Business time after which nobody can pay it any more. */
  readonly expiresAtMs: number;
  /** The newest prepay id; older ones have expired. */
  readonly prepayId: string;
  readonly prepaidAtMs: number;
  readonly isClosed: boolean;
}

/** Money taken from a buyer. A trade has one, or two if the channel charged twice. */
export interface Capture {
  readonly transactionId: string;
  readonly outTradeNo: string;
  readonly openid: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly successAtMs: number;
}

/** Money given back from one capture. */
export interface Refund {
  readonly refundId: string;
  readonly outRefundNo: string;
  readonly transactionId: string;
  readonly outTradeNo: string;
  readonly amountMinor: number;
  readonly totalMinor: number;
  readonly currency: string;
  readonly status: 'PROCESSING' | 'SUCCESS';
  readonly notifyUrl: string | undefined;
  /** The body of the first call; a repeated call must be equal to it. */
  readonly request: Readonly<Record<string, unknown>>;
  /** Machine time, because the pace of requests and the channel's slowness are not the shop's business. */
  readonly askedAtMs: number;
  readonly succeedsAtMs: number;
  readonly createdAtMs: number;
  readonly successAtMs: number | undefined;
}

export interface Totals {
  readonly captures: number;
  readonly captured_minor: number;
  readonly refunds: number;
  readonly refunded_minor: number;
  readonly processing_refunds: number;
}

export type TradeState = 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED';

/** A trade that gives no time of its own can be paid for seven days. */
export const TRADE_LIFE_MS = 7 * DAY_MS;

/** WeChat's own books, to be compared with the shop's. Totals are kept as rows arrive, so asking costs nothing. */
export class Books {
  readonly trades: Table<Trade>;
  readonly captures: Table<Capture>;
  readonly refunds: Table<Refund>;
  readonly #tradeOfPrepay = new Map<string, string>();
  readonly #capturesOfTrade = new Map<string, readonly string[]>();
  readonly #refundsOfCapture = new Map<string, readonly string[]>();
  readonly #totals = { captures: 0, captured_minor: 0, refunds: 0, refunded_minor: 0, processing_refunds: 0 };

  constructor(store: Store) {
    this.trades = store.table('trades', ({ prepayId, outTradeNo }) => this.#tradeOfPrepay.set(prepayId, outTradeNo));
    this.captures = store.table('captures', (capture) => {
      this.#countCapture(capture);
    });
    this.refunds = store.table('refunds', (refund, before) => {
      this.#countRefund(refund, before);
    });
  }

  /** Counts and sums; `refunds` and `refunded_minor` are those that succeeded. */
  get totals(): Totals {
    return { ...this.#totals };
  }

  /** The trade of any prepay id that was ever given out. */
  tradeOfPrepay(prepayId: string): Trade | undefined {
    return this.trades.get(this.#tradeOfPrepay.get(prepayId) ?? '');
  }

  /** In the order the money was taken. */
  capturesOf(outTradeNo: string): Capture[] {
    return rowsOf(this.captures, this.#capturesOfTrade.get(outTradeNo));
  }

  refundsOf(transactionId: string): Refund[] {
    return rowsOf(this.refunds, this.#refundsOfCapture.get(transactionId));
  }

  /** Money that was taken outweighs everything: a trade that was closed and then captured all the same is paid. */
  stateOf(trade: Trade, capture: Capture | undefined): TradeState {
    if (capture) return this.refundsOf(capture.transactionId).length > 0 ? 'REFUND' : 'SUCCESS';
    return trade.isClosed ? 'CLOSED' : 'NOTPAY';
  }

  #countCapture({ transactionId, outTradeNo, amountMinor }: Capture): void {
    append(this.#capturesOfTrade, outTradeNo, transactionId);
    this.#totals.captures += 1;
    this.#totals.captured_minor += amountMinor;
  }

  #countRefund({ outRefundNo, transactionId, amountMinor, status }: Refund, before: Refund | undefined): void {
    if (!before) append(this.#refundsOfCapture, transactionId, outRefundNo);
    if (!before && status === 'PROCESSING') this.#totals.processing_refunds += 1;
    if (status !== 'SUCCESS' || before?.status === 'SUCCESS') return;
    if (before) this.#totals.processing_refunds -= 1;
    this.#totals.refunds += 1;
    this.#totals.refunded_minor += amountMinor;
  }
}

function append(index: Map<string, readonly string[]>, key: string, value: string): void {
  index.set(key, [...(index.get(key) ?? []), value]);
}

function rowsOf<Row>(table: Table<Row>, keys: readonly string[] = []): Row[] {
  return keys.map((key) => table.get(key)).filter((row) => row !== undefined);
}
