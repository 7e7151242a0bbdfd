import { type Currency, secondsAfter, stateMachine } from '#common';
import type { CapturePurpose } from './capture.entity.js';
import type { Payment, PaymentStatus } from './payment.entity.js';
import type { RefundStatus } from './refund.entity.js';

/** CLOSED -> SUCCEEDED is the channel contradicting itself; the money is real all the same. */
export const paymentLife = stateMachine<PaymentStatus>({
  INIT: ['PENDING', 'SUCCEEDED', 'CLOSED'],
  PENDING: ['SUCCEEDED', 'CLOSED'],
  SUCCEEDED: [],
  CLOSED: ['SUCCEEDED'],
});

/** Whether somebody could still pay it. */
export function isOpen({ status }: Pick<Payment, 'status'>): boolean {
  return status === 'INIT' || status === 'PENDING';
}

/** Only the channel's own CLOSED ends a refund unpaid. MANUAL and ABNORMAL are still owed, and the channel may surprise us. */
export const refundLife = stateMachine<RefundStatus>({
  CREATED: ['SUBMITTED', 'SUCCEEDED', 'MANUAL'],
  SUBMITTED: ['SUCCEEDED', 'CLOSED', 'ABNORMAL', 'MANUAL'],
  SUCCEEDED: [],
  CLOSED: [],
  ABNORMAL: ['SUBMITTED', 'SUCCEEDED', 'CLOSED'],
  MANUAL: ['SUBMITTED', 'SUCCEEDED', 'CLOSED', 'ABNORMAL'],
});

/** What waits for an operator: the channel does not get it done by itself. */
export const FOR_OPERATORS = ['ABNORMAL', 'MANUAL'] as const satisfies readonly RefundStatus[];

export function isForOperators(status: RefundStatus): boolean {
  return FOR_OPERATORS.some((one) => one === status);
}

/** How many numbers a checkout may use up at the channel before it is given up. */
export const PAYMENT_ATTEMPTS_MAX = 5;

/** The channel takes fifty refunds of one payment (wechat.md 2.6). Those that must happen, because a team failed, need room after those that people ask for. */
export const REFUNDS_BY_OPERATORS_MAX = 40;

/** A success as the channel reports it, by notification or by answer. */
export interface TradeReport {
  readonly outTradeNo: string;
  readonly transactionId: string;
  readonly amountMinor: number;
  readonly currency: string;
  /** Channel time, ISO 8601. */
  readonly succeededAt: string;
}

/**
 * What a capture is for. The first that is as large as asked pays the checkout, whichever attempt brings it; anything else is money that nobody asked for.
 */
export function purposeOf(
  payment: Pick<Payment, 'amountMinor' | 'currency'>,
  report: TradeReport,
  { isPaid }: { readonly isPaid: boolean },
): CapturePurpose {
  if (isPaid) return 'DUPLICATE';
  if (payment.amountMinor !== report.amountMinor || payment.currency !== report.currency) return 'MISMATCHED';
  return 'CHECKOUT';
}

/** The currencies a channel may report; anything else cannot be booked and stops the job for a person to see. */
export function currencyOf(report: TradeReport): Currency {
  if (report.currency !== 'CNY')
    throw new Error(`the channel reports a currency that we do not use: ${report.currency}`);
  return report.currency;
}

const QUERY_AFTER_SECONDS = [60, 300, 900, 1_800] as const;

/** When to ask the channel about a payment whose notification has not come, after `queries` askings: in the end every hour. */
export function nextQueryAt(queries: number, now: Date): Date {
  return secondsAfter(now, QUERY_AFTER_SECONDS[queries] ?? 3_600);
}

/** The channel wants a minute between two refunds of one payment (wechat.md 2.6). */
export const REFUND_GAP_SECONDS = 60;

/** A refund that the channel has not done after three days goes to an operator (design.md 4). */
export const REFUND_PATIENCE_SECONDS = 72 * 3_600;

/** The same number again after 1 m, 5 m, 30 m, 2 h, 6 h, then every 12 h (design.md 4). */
export const REFUND_RETRY_SECONDS = [60, 300, 1_800, 7_200, 21_600, 43_200] as const;

/** When to ask again about a refund that the channel has accepted and not yet paid, after `queries` askings: its notification may be lost. */
export function askRefundAgainAt(queries: number, now: Date): Date {
  return secondsAfter(now, REFUND_RETRY_SECONDS[queries] ?? 43_200);
}
