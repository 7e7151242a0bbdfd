import type { FastifyInstance, FastifyPluginCallback } from 'fastify';
import { answerWithErrcodes, readApiBody } from './api.errors.js';
import { rfc3339 } from './clock.js';
import { apiExcuse } from './excuses.js';
import type { Fields } from './fields.js';
import { Misbehaviour } from './misbehaviour.js';
import { badShipping, type OrderKey, readShipping } from './shipping.inputs.js';
import type { World } from './world.js';

type Asked = { Querystring: Record<string, unknown> };

/** The mini-program API: what the shop tells of its shipping. Every answer is HTTP 200, refusals too. */
export function shippingRoutes({ faults, shipments, stableToken }: World): FastifyPluginCallback {
  return (server, _options, done) => {
    const misbehaviour = new Misbehaviour(faults, apiExcuse);
    answerWithErrcodes(server);

    const path = '/wxa/sec/order';
    server.post<Asked>(`${path}/upload_shipping_info`, misbehaviour.of('upload_shipping'), ({ query, body }) => {
      stableToken.check(query['access_token']);
      shipments.upload(readShipping(readApiBody(body, badShipping)));
      return { errcode: 0, errmsg: 'ok' };
    });

    server.post<Asked>(`${path}/get_order`, misbehaviour.of('get_order'), ({ query, body }) => {
      stableToken.check(query['access_token']);
      const capture = shipments.paid(readNumbers(readApiBody(body, badShipping)));
      const { transactionId, outTradeNo, openid, amountMinor } = capture;
      const shipment = shipments.of(transactionId);
      return {
        errcode: 0,
        errmsg: 'ok',
        order: {
          ...{ transaction_id: transactionId, merchant_trade_no: outTradeNo, openid, paid_amount: amountMinor },
          ...{ order_state: shipments.stateOf(capture), in_complaint: false },
          shipping: {
            delivery_mode: shipment?.deliveryMode,
            logistics_type: shipment?.logisticsType,
            finish_shipping: shipment?.isAllDelivered ?? false,
            finish_shipping_count: shipments.finishedCount(transactionId),
            shipping_list: shipment?.parcels ?? [],
          },
        },
      };
    });

    server.post<Asked>(`${path}/notify_confirm_receive`, misbehaviour.of('remind_receipt'), ({ query, body }) => {
      stableToken.check(query['access_token']);
      const fields = readApiBody(body, badShipping);
      fields.integer('received_time', { min: 1 });
      shipments.remind(readNumbers(fields));
      return { errcode: 0, errmsg: 'ok' };
    });

    done();
  };
}

/** Shipping as only a test may see and change it. */
export function shipmentRoutes(server: FastifyInstance, { shipments }: World): void {
  /** What was uploaded last of each payment, oldest payment first, and how often. */
  server.get('/books/shipments', () =>
    shipments.all.map((shipment) => ({
      transaction_id: shipment.transactionId,
      delivery_mode: shipment.deliveryMode,
      is_all_delivered: shipment.isAllDelivered,
      shipping_list: shipment.parcels,
      upload_time: rfc3339(shipment.uploadTimeMs),
      uploads: shipment.uploads,
      finish_shipping_count: shipments.finishedCount(shipment.transactionId),
      is_reminded: shipment.isReminded,
    })),
  );

  /** The buyer confirms the receipt in WeChat, which ends it there; 204. Refuses with 404 SHIPMENT_NOT_FOUND. */
  server.post<{ Params: { no: string } }>('/shipments/:no/finish', ({ params }, reply) => {
    shipments.finish(params.no);
    return reply.code(204).send();
  });
}

/** The questions name a payment's numbers in other words than the upload does. */
function readNumbers(fields: Fields): OrderKey {
  const transactionId = fields.maybe('transaction_id', (name) => fields.text(name, { max: 32 }));
  if (transactionId !== undefined) return { transactionId };
  fields.text('merchant_id', { max: 32 });
  return { outTradeNo: fields.text('merchant_trade_no', { max: 32 }) };
}
