import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idBytes, Transactor } from '#common';
import { type LineId, Order, type OrderId, RefundingService, RefundLine, type Units } from '#orders';
import type { Refund } from '#payments';
import { giveBack, orderOf, paid, ship, supplierOf, toldOf, toShip } from '../fulfilment/warehouse.js';
import { anOffer, type OnSale, sentBy } from '../support/builders.js';
import { aDelivery } from '../support/deliveries.js';
import type { Desk } from '../support/desk.js';
import type { CheckoutAnswer, Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { deliver, expectSettled } from '../support/sound.js';

const PRICE = 1_000;
const FREIGHT = 800;
const TEN_DAYS = 10 * 24 * 3_600_000;

let shop: Shop;
let ana: Phone;
let olga: Desk;
let fay: Desk;
let apples: OnSale;
let pears: OnSale;
/** Three apples and two pears at ten yuan, with eight yuan of freight. */
let order: { readonly id: OrderId; readonly apples: LineId; readonly pears: LineId };

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' }, wechat: { refundGapSeconds: 0 } });
  [ana, olga] = [await shop.login('ana'), await shop.operator('olga')];
  apples = await anOffer(shop, { supplier: '果园', stock: 1_000, priceMinor: PRICE });
  pears = await anOffer(shop, { supplier: '果园', stock: 1_000, priceMinor: PRICE });
  fay = await shop.supplier('fay', await supplierOf(shop, apples));
  await sentBy(shop, apples, 100);
});
beforeEach(async () => {
  const lines = [
    { skuId: apples.skuId, quantity: 3 },
    { skuId: pears.skuId, quantity: 2 },
  ];
  const checkout = await ana.ask<CheckoutAnswer>(
    'mutation ($input: CheckoutPlaceInput!) { checkoutPlace(input: $input) { ... on Checkout { id orders { id } } } }',
    { input: { lines, delivery: aDelivery(), idempotencyKey: randomUUID() } },
  );
  await paid(shop, ana, checkout.id);
  const { id } = checkout.orders[0]!;
  const [first, second] = (await orderOf(ana, id)).lines;
  order = { id: id as OrderId, apples: first!.id as LineId, pears: second!.id as LineId };
});
afterEach(async () => {
  await deliver(shop);
  await expectSettled(shop);
});
afterAll(async () => {
  await shop.close();
});

function refund(units: readonly Units[]): Promise<Refund> {
  return shop.get(Transactor).run(async (db) => {
    const locked = await db.findOneOrFail(Order, { where: { id: order.id }, lock: { mode: 'pessimistic_write' } });
    return (await shop.get(RefundingService).refundUnits(db, locked, { reason: 'AFTER_SALE', units })).refund;
  });
}

const some = (quantity: number): Units[] => [{ lineId: order.apples, quantity }];
const all = (): Units[] => [
  { lineId: order.apples, quantity: 3 },
  { lineId: order.pears, quantity: 2 },
];

async function onSale({ skuId }: OnSale): Promise<number> {
  const [row] = await shop.rows<{ on_hand: number }>('SELECT on_hand FROM stock WHERE sku_id = ?', [idBytes(skuId)]);
  return row!.on_hand;
}

async function countedAlone({ skuId }: OnSale): Promise<number> {
  const [row] = await shop.rows<{ units: number }>('SELECT units FROM sku_buyer WHERE sku_id = ?', [idBytes(skuId)]);
  return row!.units;
}

describe('units that are not shipped', () => {
  it('go back by their price, are for sale again at once, and are not shipped', async () => {
    const [before, counted] = [await onSale(apples), await countedAlone(apples)];
    expect(await refund(some(2))).toMatchObject({ reason: 'AFTER_SALE', amountMinor: 2 * PRICE });
    expect([await onSale(apples), await countedAlone(apples)]).toEqual([before + 2, counted - 2]);
    const tooMuch = await ship(fay, order.id, { lines: [{ lineId: order.apples, quantity: 2 }] });
    expect(tooMuch).toMatchObject({ __typename: 'MoreThanLeftToShip', leftQuantity: 1 });
    expect((await ship(fay, order.id)).lines.map(({ quantity }) => quantity)).toEqual([1, 2]);
    await deliver(shop);
    expect(await orderOf(ana, order.id)).toMatchObject({ status: 'SHIPPED', refundedMinor: 2 * PRICE });
    expect(await toldOf(shop, order.id)).toMatchObject({ is_all_delivered: true });
    expect(await onSale(apples)).toBe(before + 2);
  });

  it('all go back with the freight, and end the order', async () => {
    const before = [await onSale(apples), await onSale(pears)];
    await refund(some(3));
    expect((await toShip(fay)).map(({ id }) => id)).toContain(order.id);
    expect(await refund([{ lineId: order.pears, quantity: 2 }])).toMatchObject({ amountMinor: 2 * PRICE + FREIGHT });
    expect((await toShip(fay)).map(({ id }) => id)).not.toContain(order.id);
    expect(await ship(fay, order.id)).toMatchObject({ __typename: 'OrderPromisedBack' });
    await deliver(shop);
    expect(await orderOf(ana, order.id)).toMatchObject({ status: 'REFUNDED', refundedMinor: 5 * PRICE + FREIGHT });
    expect([await onSale(apples), await onSale(pears)]).toEqual([before[0]! + 3, before[1]! + 2]);
  });

  it('are the last of an order of which something is shipped, so it is shipped since its last parcel', async () => {
    await ship(fay, order.id, { lines: some(1) });
    await shop.setTime(new Date(Date.now() + 3_600_000));
    await ship(fay, order.id, { lines: some(1) });
    await shop.setTime(new Date(Date.now() + 7_200_000));
    await refund([{ lineId: order.apples, quantity: 1 }]);
    expect((await orderOf(ana, order.id)).status).toBe('TO_FULFIL');
    await refund([{ lineId: order.pears, quantity: 2 }]);
    const { status, receiveBy, parcels } = await orderOf(ana, order.id);
    expect(status).toBe('SHIPPED');
    expect(Date.parse(receiveBy!) - Date.parse(parcels[1]!.shippedAt)).toBe(TEN_DAYS);
    await deliver(shop);
    expect(await orderOf(ana, order.id)).toMatchObject({ status: 'SHIPPED', refundedMinor: 3 * PRICE });
    expect(await toldOf(shop, order.id)).toMatchObject({ is_all_delivered: true, finish_shipping_count: 1 });
  });

  it('do not come back twice when the rest of the order is given back too', async () => {
    const before = await onSale(apples);
    await refund(some(1));
    await giveBack(olga, order.id, 4 * PRICE + FREIGHT);
    await deliver(shop);
    expect((await orderOf(ana, order.id)).status).toBe('REFUNDED');
    expect(await onSale(apples)).toBe(before + 3);
    const lines = await shop.source.manager.findBy(RefundLine, { lineId: order.apples });
    expect(
      lines.map(({ quantity, cancelledQuantity, amountMinor }) => [quantity, cancelledQuantity, amountMinor]),
    ).toEqual([
      [1, 1, PRICE],
      [2, 0, 2 * PRICE],
    ]);
  });

  it('and units that are: the others are taken first', async () => {
    await ship(fay, order.id, { lines: some(1) });
    const before = await onSale(apples);
    expect(await refund(some(3))).toMatchObject({ amountMinor: 3 * PRICE });
    expect(await onSale(apples)).toBe(before + 2);
    await ship(fay, order.id);
  });
});

describe('units that are shipped', () => {
  it('go back without the freight, and are not for sale', async () => {
    await ship(fay, order.id);
    const before = await onSale(apples);
    expect(await refund(all())).toMatchObject({ amountMinor: 5 * PRICE });
    await deliver(shop);
    expect(await onSale(apples)).toBe(before);
    expect(await orderOf(ana, order.id)).toMatchObject({ status: 'SHIPPED', refundedMinor: 5 * PRICE });
  });

  it('go back for what is left after money that went back without them', async () => {
    await ship(fay, order.id);
    await giveBack(olga, order.id, 4 * PRICE);
    expect(await refund(some(3))).toMatchObject({ amountMinor: PRICE + FREIGHT });
    await expect(refund([{ lineId: order.pears, quantity: 1 }])).rejects.toThrow('OrderNotRefundable');
    await deliver(shop);
    expect((await orderOf(ana, order.id)).status).toBe('REFUNDED');
  });
});

describe('of two at once', () => {
  it('who give back the last units, one does', async () => {
    const answers = await Promise.allSettled([refund(some(2)), refund(some(2)), refund(some(2))]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await ship(fay, order.id);
  });

  it('who ship and give back the same units, one does', async () => {
    for (let round = 0; round < 4; round += 1) {
      const one: Units[] = [{ lineId: round < 3 ? order.apples : order.pears, quantity: round < 3 ? 1 : 2 }];
      const send = (): Promise<string> => ship(fay, order.id, { lines: one }).then(({ __typename }) => __typename);
      const back = (): Promise<string> => refund(one).then(() => 'Refund');
      await Promise.all(round % 2 === 0 ? [send(), back()] : [back(), send()]);
      const [row] = await shop.rows<{ shipped: number; cancelled: number }>(
        'SELECT shipped_quantity AS shipped, cancelled_quantity AS cancelled FROM order_line WHERE id = ?',
        [idBytes(one[0]!.lineId)],
      );
      expect(row!.shipped + row!.cancelled).toBeLessThanOrEqual(round < 3 ? 3 : 2);
    }
    await ship(fay, order.id);
  });
});
