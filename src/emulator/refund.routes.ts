import type { FastifyInstance } from 'fastify';
import { badBody, payErrors } from './errors.js';
import { Fields } from './fields.js';
import type { Misbehaviour } from './misbehaviour.js';
import { readRefund } from './refund.inputs.js';
import { refundOnWire } from './wire.js';
import type { World } from './world.js';

/** Asking for a refund and asking after it. HTTP 200 means that it was accepted, not that the money is back. */
export function refundRoutes(server: FastifyInstance, { refunds, books }: World, misbehaviour: Misbehaviour): void {
  server.post('/refund/domestic/refunds', misbehaviour.of('refund'), ({ body }) => {
    return refundOnWire(refunds.ask(readRefund(Fields.ofJson(body, badBody))));
  });

  server.get<{ Params: { no: string } }>(
    '/refund/domestic/refunds/:no',
    misbehaviour.of('query_refund'),
    ({ params }) => {
      const refund = books.refunds.get(params.no);
      if (!refund) throw payErrors.unknownResource('退款单不存在');
      return refundOnWire(refund);
    },
  );
}
