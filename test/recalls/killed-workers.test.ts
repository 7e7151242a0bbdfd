import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '#common';
import { ParcelsService } from '#fulfilment';
import { CheckoutsService, Order, OrderLine, OrdersService } from '#orders';
import { Payment } from '#payments';
import { anOffer, type OnSale } from '../support/builders.js';
import { aDelivery } from '../support/deliveries.js';
import type { Desk } from '../support/desk.js';
import { Shop } from '../support/shop.js';
import { expectSound } from '../support/sound.js';
import { workUntil } from '../support/worker.js';
import { approve, NUMBER, propose, recallOf, receiveBatch } from './recalling.js';

const PRICE = 10_000;
const ORDERS = 70;
const LEASE_SECONDS = 3;

let shop: Shop;
let olga: Desk;
let pia: Desk;
let sale: OnSale;

beforeAll(async () => {
  shop = await Shop.open({
    environment: { JOB_LEASE_SECONDS: String(LEASE_SECONDS), JOB_POLL_MILLISECONDS: '20' },
    wechat: { refundGapSeconds: 0 },
  });
  sale = await anOffer(shop, { priceMinor: PRICE, stock: 1_000 });
  [olga, pia] = [await shop.operator('olga'), await shop.operator('pia')];
  await receiveBatch(olga, sale.skuId);
  for (let made = 0; made < ORDERS; made += 1) await sent();
}, 180_000);
afterAll(async () => {
  await shop.close();
});

/** A unit of the batch that somebody has bought and was sent. WeChat's books have no such payment, so it gives nothing back. */
async function sent(): Promise<void> {
  const [buyer] = await shop.people(1);
  const lines = [{ skuId: sale.skuId, quantity: 1 }];
  const placing = { lines, delivery: aDelivery(), idempotencyKey: randomUUID() };
  const { id: checkoutId } = await shop.get(CheckoutsService).place(buyer!, placing);
  const db = shop.source.manager;
  const { outTradeNo, amountMinor, currency } = await db.findOneByOrFail(Payment, { checkoutId });
  const paid = {
    outTradeNo,
    amountMinor,
    currency,
    transactionId: randomUUID(),
    succeededAt: new Date().toISOString(),
  };
  await shop.get(OrdersService).capture(paid);
  const { id: orderId } = await db.findOneByOrFail(Order, { checkoutId });
  const { id: lineId } = await db.findOneByOrFail(OrderLine, { orderId });
  const parcel = { carrier: 'YTO', trackingNumber: randomUUID().toUpperCase(), idempotencyKey: randomUUID() };
  const content = { orderId, lines: [{ lineId, quantity: 1, batchNumber: NUMBER }] };
  await shop.get(ParcelsService).ship({ id: newId('staff'), supplierId: null }, { ...parcel, ...content });
}

async function refunds(): Promise<{ orders: number; refunds: number; minor: number }> {
  const [row] = await shop.rows<Record<'orders' | 'refunds' | 'minor', string>>(
    "SELECT COUNT(DISTINCT order_id) AS orders, COUNT(*) AS refunds, SUM(amount_minor) AS minor FROM refund WHERE reason = 'RECALL'",
  );
  return { orders: Number(row!.orders), refunds: Number(row!.refunds), minor: Number(row!.minor) };
}

it('workers that are killed while they work a recall off are followed by others who give everybody the money back once', async () => {
  const act = await propose(olga, sale.skuId);
  expect(act).toMatchObject({ itemsTotal: ORDERS, amountMinor: ORDERS * PRICE });
  await approve(pia, act.id);
  const stops: number[] = [];
  for (const least of [1, 25, 45]) {
    const isSo = async (): Promise<boolean> => (await refunds()).refunds >= least;
    await workUntil(shop.environment, 2, isSo, `${least} refunds are promised`);
    stops.push((await refunds()).refunds);
  }
  expect(stops[0]).toBeLessThan(ORDERS);
  const isDone = async (): Promise<boolean> => (await recallOf(pia, act.id)).bulkAct.status === 'DONE';
  await workUntil(shop.environment, 2, isDone, 'the recall is worked off');
  expect(await refunds()).toEqual({ orders: ORDERS, refunds: ORDERS, minor: ORDERS * PRICE });
  expect(await recallOf(pia, act.id)).toMatchObject({
    ...{ itemsRefunded: ORDERS, itemsFailed: 0, refundedMinor: ORDERS * PRICE },
    bulkAct: { itemsTried: ORDERS, failures: [] },
  });
  await expectSound(shop);
}, 240_000);
