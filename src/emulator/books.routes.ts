import type { FastifyInstance } from 'fastify';
import { rfc3339 } from './clock.js';
import type { World } from './world.js';

/** WeChat's own books, as only a test may see them. */
export function booksRoutes(server: FastifyInstance, { books, notifier }: World): void {
  /**
   * Counts and sums in minor units. `refunds` are those that succeeded, `undelivered_notifications` those still on their way,
   * `accepted_probes` the forged notifications that the shop took for genuine.
   */
  server.get('/books', () => ({
    ...books.totals,
    undelivered_notifications: notifier.pending,
    accepted_probes: notifier.acceptedProbes,
  }));

  /** Every capture, oldest first: `[{transaction_id, out_trade_no, amount_minor, currency, success_time}]`. */
  server.get('/books/captures', () =>
    Array.from(books.captures.values(), (capture) => ({
      transaction_id: capture.transactionId,
      out_trade_no: capture.outTradeNo,
      amount_minor: capture.amountMinor,
      currency: capture.currency,
      success_time: rfc3339(capture.successAtMs),
    })),
  );

  /** Every refund, oldest first, whatever became of it: `[{refund_id, out_refund_no, transaction_id, amount_minor, status}]`. */
  server.get('/books/refunds', () =>
    Array.from(books.refunds.values(), (refund) => ({
      refund_id: refund.refundId,
      out_refund_no: refund.outRefundNo,
      transaction_id: refund.transactionId,
      amount_minor: refund.amountMinor,
      status: refund.status,
    })),
  );
}
