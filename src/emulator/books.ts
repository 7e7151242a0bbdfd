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

/** CLOSED gives nothing back and is final, as SUCCESS is; ABNORMAL waits for the merchant to name another account. */
export type RefundStatus = 'PROCESSING' | 'SUCCESS' | 'CLOSED' | 'ABNORMAL';

export const REMEDY_TYPES = ['USER_BANK_CARD', 'MERCHANT_BANK_CARD'] as const;
export type RemedyType = (typeof REMEDY_TYPES)[number];

/** Money given back from one capture. */
export interface Refund {
  readonly refundId: string;
  readonly outRefundNo: string;
  readonly transactionId: string;
  readonly outTradeNo: string;
  readonly amountMinor: number;
  readonly totalMinor: number;
  readonly currency: string;
  readonly status: RefundStatus;
  readonly notifyUrl: string | undefined;
  /** The body of the first call; a repeated call must be equal to it. */
  readonly request: Readonly<Record<string, unknown>>;
  /** Machine time, because the pace of requests and the channel's slowness are not the shop's business. */
  readonly askedAtMs: number;
  readonly endsAtMs: number;
  /** How it ends by itself: with SUCCESS if left out, and not at all if STUCK. */
  readonly outcome: 'CLOSED' | 'ABNORMAL' | 'STUCK' | undefined;
  /** Whose bank account the money goes to because it could not go back to where it came from; neither at first. */
  readonly remedy: RemedyType | undefined;
  readonly createdAtMs: number;
  readonly successAtMs: number | undefined;
  /** When the channel gave it up, in business time. */
  readonly closedAtMs: number | undefined;
}

export interface Totals {
  readonly captures: number;
  readonly captured_minor: number;
  readonly refunds: number;
  readonly refunded_minor: number;
  readonly processing_refunds: number;
  readonly closed_refunds: number;
  readonly abnormal_refunds: number;
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
  readonly #captured = { count: 0, minor: 0 };
  readonly #refunded = {
    PROCESSING: { count: 0, minor: 0 },
    SUCCESS: { count: 0, minor: 0 },
    CLOSED: { count: 0, minor: 0 },
    ABNORMAL: { count: 0, minor: 0 },
  } satisfies Record<RefundStatus, object>;

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
    return {
      captures: this.#captured.count,
      captured_minor: this.#captured.minor,
      refunds: this.#refunded.SUCCESS.count,
      refunded_minor: this.#refunded.SUCCESS.minor,
      processing_refunds: this.#refunded.PROCESSING.count,
      closed_refunds: this.#refunded.CLOSED.count,
      abnormal_refunds: this.#refunded.ABNORMAL.count,
    };
  }

  /** The trade of any prepay id that was ever given out. */
  tradeOfPrepay(prepayId: string): Trade | undefined {
    return this.trades.get(this.#tradeOfPrepay.get(prepayId) ?? '');
  }

  /** In the order the money was taken. */
  capturesOf(outTradeNo: string): Capture[] {
    return rowsOf(this.captures, this.#capturesOfTrade.get(outTradeNo));
  }

  /** Of one capture, whatever became of them, in the order they were asked for. */
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
    this.#captured.count += 1;
    this.#captured.minor += amountMinor;
  }

  #countRefund(refund: Refund, before: Refund | undefined): void {
    if (before) {
      this.#refunded[before.status].count -= 1;
      this.#refunded[before.status].minor -= before.amountMinor;
    } else {
      append(this.#refundsOfCapture, refund.transactionId, refund.outRefundNo);
    }
    this.#refunded[refund.status].count += 1;
    this.#refunded[refund.status].minor += refund.amountMinor;
  }
}

function append(index: Map<string, readonly string[]>, key: string, value: string): void {
  index.set(key, [...(index.get(key) ?? []), value]);
}

function rowsOf<Row>(table: Table<Row>, keys: readonly string[] = []): Row[] {
  return keys.map((key) => table.get(key)).filter((row) => row !== undefined);
}
