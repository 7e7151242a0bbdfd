import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SigningKey } from './crypto.js';
import { badBody, badHeader, payErrors } from './errors.js';
import { REFUND_FAULTS } from './fault.kinds.js';
import { Fields } from './fields.js';
import { serialOf } from './merchant.guard.js';
import type { Misbehaviour } from './misbehaviour.js';
import type { PayKeys } from './pay.keys.js';
import { RateLimit } from './rate.limit.js';
import { readRefund, readRemedy } from './refund.inputs.js';
import { refundOnWire } from './wire.js';
import type { World } from './world.js';

const REFUNDS = '/refund/domestic/refunds';

/** Asking for a refund, asking after it, and remedying one that did not arrive. HTTP 200 means that it was accepted, not that the money is back. */
export function refundRoutes(
  server: FastifyInstance,
  { settings, refunds, books, payKeys }: World,
  misbehaviour: Misbehaviour,
): void {
  const limit = new RateLimit(settings.refundsPerSecond);

  server.post(REFUNDS, misbehaviour.of('refund'), (request) => {
    if (!limit.allows()) throw payErrors.tooFrequent();
    const terms = readRefund(Fields.ofJson(request.body, badBody));
    const fault = REFUND_FAULTS.find((kind) => kind === misbehaviour.kindOf(request));
    return refundOnWire(refunds.ask(terms, fault));
  });

  server.get<{ Params: { no: string } }>(`${REFUNDS}/:no`, misbehaviour.of('query_refund'), ({ params }) => {
    const refund = books.refunds.get(params.no);
    if (!refund) throw payErrors.unknownResource('退款单不存在');
    return refundOnWire(refund);
  });

  server.post<{ Params: { id: string } }>(
    `${REFUNDS}/:id/apply-abnormal-refund`,
    misbehaviour.of('remedy_refund'),
    (request) => {
      const terms = readRemedy(Fields.ofJson(request.body, badBody), () => keyFor(request, payKeys));
      return refundOnWire(refunds.remedy(request.params.id, terms));
    },
  );
}

/** The key that encrypted fields are for. The merchant guard has seen to it that a serial is ours if there is one. */
function keyFor(request: FastifyRequest, payKeys: PayKeys): SigningKey {
  const key = payKeys.named(serialOf(request) ?? '');
  if (key) return key;
  throw badHeader('Wechatpay-Serial', null, 'is missing, so the encrypted fields cannot be read');
}
