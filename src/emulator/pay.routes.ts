import type { FastifyInstance } from 'fastify';
import type { Capture, Trade } from './books.js';
import { badBody, badQuery, PayError, payErrors } from './errors.js';
import { Fields } from './fields.js';
import type { Misbehaviour } from './misbehaviour.js';
import type { Settings } from './options.js';
import { readPrepay } from './pay.inputs.js';
import { tradeOnWire } from './wire.js';
import type { World } from './world.js';

const BY_NUMBER = '/pay/transactions/out-trade-no/:no';

/** Prepay, query and close of a JSAPI payment. */
export function payRoutes(
  server: FastifyInstance,
  { settings, trades, books }: World,
  misbehaviour: Misbehaviour,
): void {
  const answer = (trade: Trade, capture: Capture | undefined) =>
    tradeOnWire(settings, trade, books.stateOf(trade, capture), capture);

  server.post('/pay/transactions/jsapi', misbehaviour.of('prepay'), ({ body }) => {
    return { prepay_id: trades.prepay(readPrepay(Fields.ofJson(body, badBody), settings)) };
  });

  server.get<{ Params: { no: string } }>(BY_NUMBER, misbehaviour.of('query'), ({ params, query }) => {
    checkMerchant(new Fields(query, badQuery), settings);
    const trade = books.trades.get(params.no);
    if (!trade) throw payErrors.unknownOrder();
    return answer(trade, books.capturesOf(trade.outTradeNo)[0]);
  });

  server.get<{ Params: { id: string } }>('/pay/transactions/id/:id', misbehaviour.of('query'), ({ params, query }) => {
    checkMerchant(new Fields(query, badQuery), settings);
    const capture = books.captures.get(params.id);
    const trade = capture && books.trades.get(capture.outTradeNo);
    if (!trade) throw payErrors.unknownOrder();
    return answer(trade, capture);
  });

  server.post<{ Params: { no: string } }>(`${BY_NUMBER}/close`, misbehaviour.of('close'), ({ params, body }, reply) => {
    checkMerchant(Fields.ofJson(body, badBody), settings);
    trades.close(params.no);
    return reply.code(204).send();
  });
}

function checkMerchant(fields: Fields, { mchId }: Settings): void {
  if (fields.text('mchid', { max: 32 }) !== mchId) throw new PayError(400, 'MCH_NOT_EXISTS', '商户号不存在');
}
