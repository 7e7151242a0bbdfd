import type { FastifyInstance } from 'fastify';
import { rfc3339 } from './clock.js';
import { readPayment } from './control.inputs.js';
import { badControl } from './errors.js';
import { Fields } from './fields.js';
import { openidOf } from './ids.js';
import { tradeOnWire } from './wire.js';
import type { World } from './world.js';

/** What people do with their phones. */
export function phoneRoutes(server: FastifyInstance, { settings, trades, notifier, loginCodes }: World): void {
  /** `{person}` -> `{code, openid}`: what `wx.login` gives the phone of that person. Any name is a person. */
  server.post('/login-codes', ({ body }) => {
    const person = Fields.ofJson(body, badControl).text('person', { max: 128 });
    return { code: loginCodes.issue(person), openid: openidOf(settings.appId, person) };
  });

  /**
   * `{prepay_id, person?, openid?, amount_total?, success_time?, ignore_expiry?, again?, notify?: {copies?, delay_ms?, lose?}}`
   * -> `{transaction_id, out_trade_no, amount_total, success_time}`: pays as the phone would.
   * `ignore_expiry` captures though expired or closed, `again` captures once more, `amount_total` takes another amount than asked: a channel that is late or wrong.
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
}
