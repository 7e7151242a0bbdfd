import type { FastifyInstance } from 'fastify';
import { CERTIFICATE_LIFE_MS } from './certificates.js';
import { rfc3339, SECOND_MS } from './clock.js';
import { badControl, ControlError } from './errors.js';
import { Fields } from './fields.js';
import { REFUND_ENDS } from './refunds.js';
import { refundOnWire } from './wire.js';
import type { World } from './world.js';

const SECONDS_MAX = 10 * 365 * 86_400;

type Numbered = { Params: { no: string } };

/** What the channel does by itself, without the shop having asked: its clock, and its changes of mind. */
export function channelRoutes(
  server: FastifyInstance,
  { clock, trades, refunds, withdrawals, payKeys, certificates }: World,
): void {
  /** `{now: RFC 3339 | null}` -> `{now, is_set}`: stops business time at that instant; null returns to machine time. */
  server.post('/clock', ({ body }) => {
    const fields = Fields.ofJson(body, badControl);
    clock.set(fields.values['now'] === null ? null : fields.instantMs('now'));
    return { now: rfc3339(clock.nowMs()), is_set: clock.isSet };
  });

  /**
   * `{status: SUCCESS | CLOSED | ABNORMAL}` -> the refund as a query would answer it: ends it so, and notifies the shop.
   * Refuses with 404 REFUND_NOT_FOUND, and 409 REFUND_ENDED: SUCCESS and CLOSED are final.
   */
  server.post<Numbered>('/refunds/:no/end', ({ params, body }) => {
    const status = Fields.ofJson(body, badControl).choice('status', REFUND_ENDS);
    return refundOnWire(refunds.end(params.no, status));
  });

  /** Closes a trade behind the merchant's back; 204, also if it was closed. Refuses with 404 TRADE_NOT_FOUND and 409 ORDERPAID. */
  server.post<Numbered>('/trades/:no/close', ({ params }, reply) => {
    trades.closeUnasked(params.no);
    return reply.code(204).send();
  });

  /** `{amount}` in fen -> `{withdraw_id, amount}`: the merchant takes that much out to a bank account, as in the merchant's console. */
  server.post('/withdrawals', ({ body }) => {
    const amountMinor = Fields.ofJson(body, badControl).integer('amount', { min: 1 });
    const { id } = withdrawals.add(amountMinor, clock.nowMs());
    return { withdraw_id: id, amount: amountMinor };
  });

  /**
   * `{life_seconds?, signs?}` -> `{serial_no, effective_time, expire_time, signs}`: a new platform certificate beside the others.
   * It is valid from now on, for five years if nothing else is said, and signs at once unless `signs` is false.
   * Refuses with 409 NO_CERTIFICATES in public-key mode.
   */
  server.post('/certificates/rotate', async ({ body }) => {
    if (!payKeys.hasCertificates) {
      throw new ControlError(409, 'NO_CERTIFICATES', 'this merchant has a public key in place of certificates');
    }
    const fields = Fields.ofJson(body, badControl);
    const seconds = fields.maybe('life_seconds', (name) => fields.integer(name, { min: 1, max: SECONDS_MAX }));
    const signs = fields.maybe('signs', (name) => fields.flag(name)) ?? true;
    const lifeMs = seconds === undefined ? CERTIFICATE_LIFE_MS : seconds * SECOND_MS;
    const { serialNo, effectiveAtMs, expiresAtMs } = await certificates.add({ lifeMs, signs });
    return { serial_no: serialNo, effective_time: rfc3339(effectiveAtMs), expire_time: rfc3339(expiresAtMs), signs };
  });
}
