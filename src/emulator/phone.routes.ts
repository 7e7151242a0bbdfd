import type { FastifyInstance } from 'fastify';
import { rfc3339 } from './clock.js';
import { readPayment } from './control.inputs.js';
import { badControl } from './errors.js';
import { Fields } from './fields.js';
import { openidOf, phoneNumberOf } from './ids.js';
import { tradeOnWire } from './wire.js';
import type { World } from './world.js';

/** What people do with their phones. */
export function phoneRoutes(
  server: FastifyInstance,
  { settings, trades, notifier, loginCodes, phoneCodes }: World,
): void {
  /** `{person}` -> `{code, openid}`: what `wx.login` gives the phone of that person. Any name is a person. */
  server.post('/login-codes', ({ body }) => {
    const person = Fields.ofJson(body, badControl).text('person', { max: 128 });
    return { code: loginCodes.issue(person), openid: openidOf(settings.appId, person) };
  });

  /**
   * `{person, country_code?, pure_phone_number?}` -> `{code}`: what the `getPhoneNumber` button gives the phone of that person, who has a
   * number of 11 digits in mainland China unless another is named. `country_code` is a text or a number, and is told as it was given.
   */
  server.post('/phone-codes', ({ body }) => {
    const fields = Fields.ofJson(body, badControl);
    const person = fields.text('person', { max: 128 });
    const number = fields.maybe('pure_phone_number', (name) => fields.text(name, { max: 14, pattern: /^\d+$/ }));
    const isNumber = typeof fields.values['country_code'] === 'number';
    const countryCode = fields.maybe('country_code', (name) =>
      isNumber ? fields.integer(name, { min: 1, max: 999 }) : fields.text(name, { max: 3, pattern: /^\d+$/ }),
    );
    return {
      code: phoneCodes.issue({ person, countryCode: countryCode ?? '86', number: number ?? phoneNumberOf(person) }),
    };
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
