import type { FastifyPluginCallback } from 'fastify';
import { rfc3339 } from './clock.js';
import { readFault, readPayment } from './control.inputs.js';
import { badControl, ControlError } from './errors.js';
import type { Fault } from './faults.js';
import { Fields } from './fields.js';
import { openidOf } from './ids.js';
import { tradeOnWire } from './wire.js';
import type { World } from './world.js';

/**
 * The hands of whoever tests: phones, bad luck and time. Mounted at `/emulator`, JSON without signatures, safe because the
 * server listens on loopback only. Bad input is 400 `{code, message, field}`; a refusal is 404 or 409 with its own code.
 */
export function controlRoutes(world: World): FastifyPluginCallback {
  const { settings, clock, faults, books, trades, notifier, loginCodes } = world;
  return (server, _options, done) => {
    server.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
      if (error instanceof ControlError) return reply.code(error.status).send(error.toJSON());
      request.log.error(error);
      return reply.code(error.statusCode ?? 500).send({ code: 'INTERNAL', message: error.message });
    });

    /** `{status: 'ok'}` once the journal is replayed and the port is open. */
    server.get('/health', () => ({ status: 'ok' }));

    /** `{person}` -> `{code, openid}`: what `wx.login` gives the phone of that person. Any name is a person. */
    server.post('/login-codes', ({ body }) => {
      const person = Fields.ofJson(body, badControl).text('person', { max: 128 });
      return { code: loginCodes.issue(person), openid: openidOf(settings.appId, person) };
    });

    /**
     * `{prepay_id, person?, openid?, success_time?, ignore_expiry?, again?, notify?: {copies?, delay_ms?, lose?}}`
     * -> `{transaction_id, out_trade_no, amount_total, success_time}`: pays as the phone would.
     * `ignore_expiry` captures though expired or closed, `again` captures once more: a channel that is late or wrong.
     * Refuses with 409 ORDERPAID, ORDER_CLOSED, PREPAY_EXPIRED or WRONG_PAYER, and 404 PREPAY_NOT_FOUND.
     */
    server.post('/payments', ({ body }) => {
      const { notify, ...order } = readPayment(Fields.ofJson(body, badControl), settings.appId);
      const { trade, capture } = trades.capture(order);
      const content = tradeOnWire(settings, trade, 'SUCCESS', capture);
      if (!notify.lose) notifier.tell({ operation: 'pay_notify', url: trade.notifyUrl, content, ...notify });
      return {
        transaction_id: capture.transactionId,
        out_trade_no: capture.outTradeNo,
        amount_total: capture.amountMinor,
        success_time: rfc3339(capture.successAtMs),
      };
    });

    /** `{operation, kind, times?, delay_ms?}` -> the same with its defaults: arms it for the next `times` requests (1). */
    server.post('/faults', ({ body }) => {
      const fault = readFault(Fields.ofJson(body, badControl));
      faults.arm(fault);
      return faultOnWire(fault);
    });

    /** What is still armed, in the order it will strike. */
    server.get('/faults', () => faults.list().map(faultOnWire));

    server.delete('/faults', (_request, reply) => {
      faults.clear();
      return reply.code(204).send();
    });

    /** `{now: RFC 3339 | null}` -> `{now, is_set}`: stops business time at that instant; null returns to machine time. */
    server.post('/clock', ({ body }) => {
      const fields = Fields.ofJson(body, badControl);
      clock.set(fields.values['now'] === null ? null : fields.instantMs('now'));
      return { now: rfc3339(clock.nowMs()), is_set: clock.isSet };
    });

    /** Counts and sums in minor units; refunds are those that succeeded, notifications those still on their way. */
    server.get('/books', () => ({ ...books.totals, undelivered_notifications: notifier.pending }));

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

    /** Every refund, oldest first: `[{refund_id, out_refund_no, transaction_id, amount_minor, status}]`. */
    server.get('/books/refunds', () =>
      Array.from(books.refunds.values(), (refund) => ({
        refund_id: refund.refundId,
        out_refund_no: refund.outRefundNo,
        transaction_id: refund.transactionId,
        amount_minor: refund.amountMinor,
        status: refund.status,
      })),
    );

    done();
  };
}

function faultOnWire({ operation, kind, times, delayMs }: Fault) {
  return { operation, kind, times, delay_ms: delayMs };
}
