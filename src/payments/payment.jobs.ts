import { defineFact, defineJob } from '#jobs';
import type { Id } from '#common';
import type { PaymentId } from './payment.entity.js';
import { REFUND_RETRY_SECONDS, type TradeReport } from './payment.rules.js';
import type { RefundId, RefundStatus } from './refund.entity.js';

/** The channel says that it has captured money. It may say so any number of times. */
export const tradeReported = defineFact<TradeReport>('payments.tradeReported');

/** The channel will take no money for the checkout any more: what it held can be released. */
export const paymentClosed = defineFact<{ paymentId: PaymentId; checkoutId: Id<'checkout'> }>('payments.closed');

export const refundSucceeded = defineFact<{ refundId: RefundId; orderId: Id<'order'>; amountMinor: number }>(
  'payments.refundSucceeded',
);

/** Sends a refund to the channel, and again with the same number until the channel says how it ended. */
export const driveRefund = defineJob<{ refundId: RefundId }>('payments.driveRefund', {
  attemptsMax: 20,
  retrySeconds: REFUND_RETRY_SECONDS,
});

/** What the channel says of a refund, by notification or by answer. */
export interface RefundReport {
  readonly outRefundNo: string;
  readonly amountMinor: number;
  readonly channelRefundId: string;
  readonly status: Extract<RefundStatus, 'SUCCEEDED' | 'CLOSED' | 'ABNORMAL'> | 'PROCESSING';
}

export const refundReported = defineJob<RefundReport>('payments.refundReported');

/** Ends an attempt that nobody needs any more, because another one has brought the money. */
export const closePayment = defineJob<{ paymentId: PaymentId }>('payments.close');

/** Scheduled: closes payments whose window is over. */
export const closeOverduePayments = defineJob<Record<string, never>>('payments.closeOverdue');

/** Scheduled: asks about refunds that wait for operators, because the channel may have done them after all. */
export const queryOwedRefunds = defineJob<Record<string, never>>('payments.queryOwedRefunds');

/** Scheduled: asks about payments whose notification has not come. */
export const queryPendingPayments = defineJob<Record<string, never>>('payments.queryPending');
