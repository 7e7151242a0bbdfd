import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Id, idBytes, idFromBytes, newId } from '#common';
import type { SkuId } from '#catalog';
import { anOffer, type OnSale } from '../support/builders.js';
import { aDelivery } from '../support/deliveries.js';
import type { Desk } from '../support/desk.js';
import type { CheckoutAnswer, Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { deliver as workOff, expectSettled } from '../support/sound.js';
import {
  aNumber,
  bought,
  correct,
  deliver,
  giveBack,
  orderOf,
  paid,
  receive,
  ship,
  supplierOf,
  toShip,
} from './warehouse.js';

const PRICE = 10_000;

let shop: Shop;
let ana: Phone;
let bo: Phone;
let olga: Desk;
let fay: Desk;
let gus: Desk;
let sale: OnSale;
let other: OnSale;
/** The supplier's other goods. */
let more: OnSale;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' }, wechat: { refundGapSeconds: 0 } });
  sale = await anOffer(shop, { supplier: '果园', stock: 1_000 });
  more = await anOffer(shop, { supplier: '果园', stock: 1_000 });
  other = await anOffer(shop, { supplier: '渔场', stock: 1_000 });
  [ana, bo, olga] = [await shop.login('ana'), await shop.login('bo'), await shop.operator('olga')];
  fay = await shop.supplier('fay', await supplierOf(shop, sale));
  gus = await shop.supplier('gus', await supplierOf(shop, other));
});
afterAll(async () => {
  await shop.close();
});
afterEach(async () => {
  await workOff(shop);
  await expectSettled(shop);
});

async function stockOf(skuId: SkuId): Promise<{ onHand: number; sold: number }> {
  const [row] = await shop.rows<{ on_hand: number; sold: number }>('SELECT * FROM stock WHERE sku_id = ?', [
    idBytes(skuId),
  ]);
  return { onHand: row!.on_hand, sold: row!.sold };
}

/** Two units of one thing and three of another, paid. */
async function basket(): Promise<{ orderId: string; lines: { id: string; quantity: number }[] }> {
  const lines = [
    { skuId: sale.skuId, quantity: 2 },
    { skuId: more.skuId, quantity: 3 },
  ];
  const orderId = await placed(lines);
  return { orderId, lines: [...(await orderOf(ana, orderId)).lines] };
}

async function placed(lines: object[]): Promise<string> {
  const checkout = await ana.ask<CheckoutAnswer>(
    'mutation ($input: CheckoutPlaceInput!) { checkoutPlace(input: $input) { ... on Checkout { id orders { id } } } }',
    { input: { lines, delivery: aDelivery(), idempotencyKey: randomUUID() } },
  );
  await paid(shop, ana, checkout.id);
  return checkout.orders[0]!.id;
}

describe('whoever ships', () => {
  it('sees their own orders to ship with the whole address, the longest waiting first, and nobody else’s', async () => {
    const [first, theirs, second] = [
      await bought(shop, ana, sale.skuId),
      await bought(shop, ana, other.skuId),
      await bought(shop, ana, sale.skuId, 2),
    ];
    const waiting = await toShip(fay);
    expect(waiting.map(({ id }) => id)).toEqual([first, second]);
    expect(waiting[0]).toMatchObject({
      isOverdue: false,
      shipped: [],
      delivery: { address: { recipientName: '张三', phone: '020-81167888', detail: '新港中路397号' } },
    });
    expect(Date.parse(waiting[0]!.shipBy) - Date.parse(waiting[0]!.toFulfilAt)).toBe(48 * 3_600_000);
    expect((await toShip(gus)).map(({ id }) => id)).toEqual([theirs]);
    expect((await toShip(olga)).map(({ id }) => id)).toEqual([first, theirs, second]);
    const looks = await shop.rows('SELECT DISTINCT category, operation, HEX(user_id) AS user FROM look');
    const user = idBytes(await ana.userId())
      .toString('hex')
      .toUpperCase();
    expect(looks).toEqual([{ category: 'DELIVERIES', operation: 'ordersToShip', user }]);
    for (const id of [first, second]) await ship(fay, id);
    await ship(gus, theirs);
    expect(await toShip(olga)).toEqual([]);
  });

  it('gets the list page by page', async () => {
    const ids = [await bought(shop, ana, sale.skuId), await bought(shop, ana, sale.skuId)];
    const page =
      'query ($after: String) { ordersToShip(first: 1, after: $after) { edges { node { id } } pageInfo { endCursor hasNextPage } } }';
    interface Page {
      edges: { node: { id: string } }[];
      pageInfo: { endCursor: string; hasNextPage: boolean };
    }
    const first = await fay.ask<Page>(page);
    const second = await fay.ask<Page>(page, { after: first.pageInfo.endCursor });
    expect([...first.edges, ...second.edges].map(({ node }) => node.id)).toEqual(ids);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    const { errors } = await fay.send(page, { after: 'x' });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    for (const id of ids) await ship(olga, id);
  });

  it('is told by whom parcels may go, in their language', async () => {
    const query = '{ carriers { id name } }';
    expect(await fay.ask(query)).toContainEqual({ id: 'SF', name: '顺丰速运' });
    const { data } = await fay.send(query, {}, { 'accept-language': 'en' });
    expect((data as unknown as { carriers: object[] }).carriers).toContainEqual({ id: 'SF', name: 'SF Express' });
  });

  it('ships an order whole, and its buyer sees how it travels', async () => {
    const orderId = await bought(shop, ana, sale.skuId, 2);
    const parcel = await ship(fay, orderId, { carrier: 'SF', trackingNumber: ' sf1234567890123 ' });
    expect(parcel).toMatchObject({
      __typename: 'Parcel',
      carrier: { id: 'SF', name: '顺丰速运' },
      trackingNumber: 'SF1234567890123',
      deliveredAt: null,
    });
    const order = await orderOf(ana, orderId);
    expect(order).toMatchObject({
      status: 'SHIPPED',
      receivedAt: null,
      completesAt: null,
      lines: [{ shippedQuantity: 2 }],
    });
    const [travels] = order.parcels;
    expect({ ...travels, __typename: 'Parcel' }).toEqual(parcel);
    expect(Date.parse(order.receiveBy!) - Date.parse(travels!.shippedAt)).toBe(10 * 24 * 3_600_000);
  });

  it('ships an order in parts: it is shipped when nothing is left', async () => {
    const { orderId, lines } = await basket();
    const [apples, pears] = [lines[0]!, lines[1]!];
    await ship(fay, orderId, { lines: [{ lineId: apples.id, quantity: 1 }] });
    expect(await orderOf(ana, orderId)).toMatchObject({ status: 'TO_FULFIL', receiveBy: null });
    expect((await toShip(fay)).map(({ shipped }) => shipped.length)).toEqual([1]);
    const tooMuch = await ship(fay, orderId, {
      lines: [
        { lineId: pears.id, quantity: 3 },
        { lineId: apples.id, quantity: 2 },
      ],
    });
    expect(tooMuch).toMatchObject({ __typename: 'MoreThanLeftToShip', lineId: apples.id, leftQuantity: 1 });
    await ship(olga, orderId, { lines: [{ lineId: pears.id, quantity: 2 }] });
    const last = await ship(fay, orderId);
    expect(last.lines.map(({ quantity }) => quantity)).toEqual([1, 1]);
    const order = await orderOf(ana, orderId);
    expect(order.status).toBe('SHIPPED');
    expect(order.lines.map(({ shippedQuantity }) => shippedQuantity)).toEqual([2, 3]);
    expect(order.parcels).toHaveLength(3);
  });

  it('sends a request again under its key and gets the same parcel', async () => {
    const orderId = await bought(shop, ana, sale.skuId);
    const again = { idempotencyKey: randomUUID(), trackingNumber: aNumber() };
    const parcel = await ship(fay, orderId, again);
    expect(await ship(fay, orderId, again)).toEqual(parcel);
  });

  it.each([
    ['of an order that is not paid', async () => (await ana.buy(sale.skuId)).orders[0]!.id, 'UNPAID'],
    ['of an order that is shipped', async () => shippedOrder(), 'SHIPPED'],
  ])('cannot ship a parcel %s', async (_what, order, status) => {
    expect(await ship(fay, await order())).toMatchObject({ __typename: 'OrderNotToShip', status });
    await ended();
  });

  it('cannot ship for a team that has not filled', async () => {
    const seat = await ana.open(sale.offer.id);
    await paid(shop, ana, seat.order.checkout.id);
    expect(await ship(fay, seat.order.id)).toMatchObject({ __typename: 'OrderNotToShip', status: 'AWAITING_TEAM' });
    await ana.ask('mutation ($input: TeamLeaveInput!) { teamLeave(input: $input) { __typename } }', {
      input: { seatId: seat.id, idempotencyKey: randomUUID() },
    });
  });

  it.each([
    [{ carrier: 'PIGEON' }, 'CarrierUnknown'],
    [{ carrier: 'SF', trackingNumber: 'JT0000000000001' }, 'TrackingNumberUnfit'],
  ])('cannot ship with %j', async (said, refusal) => {
    const orderId = await bought(shop, ana, sale.skuId);
    expect(await ship(fay, orderId, said)).toMatchObject({ __typename: refusal });
    expect((await orderOf(ana, orderId)).status).toBe('TO_FULFIL');
    await ship(fay, orderId);
  });

  it('cannot use a number twice, but another carrier may have the same', async () => {
    const trackingNumber = aNumber();
    const [first, second] = [await bought(shop, ana, sale.skuId), await bought(shop, bo, sale.skuId)];
    await ship(fay, first, { trackingNumber });
    expect(await ship(fay, second, { trackingNumber })).toMatchObject({ __typename: 'TrackingNumberTaken' });
    expect(await ship(fay, second, { trackingNumber, carrier: 'ZTO' })).toMatchObject({ __typename: 'Parcel' });
  });

  it('puts no more than fifteen parcels into an order: the last takes all that is left', async () => {
    const orderId = await bought(shop, ana, sale.skuId, 17);
    const { lines } = await orderOf(ana, orderId);
    const one = { lines: [{ lineId: lines[0]!.id, quantity: 1 }] };
    for (let number = 0; number < 14; number += 1) await ship(fay, orderId, one);
    expect(await ship(fay, orderId, one)).toMatchObject({ __typename: 'TooManyParcels' });
    expect((await ship(fay, orderId)).lines).toMatchObject([{ quantity: 3 }]);
    expect(await orderOf(ana, orderId)).toMatchObject({ status: 'SHIPPED', lines: [{ shippedQuantity: 17 }] });
  });

  it.each([
    ['somebody else’s order', (id: string) => ship(gus, id)],
    ['an order that is not there', () => ship(fay, newId('order'))],
    ['a line of another order', (id: string) => ship(fay, id, { lines: [{ lineId: newId('line'), quantity: 1 }] })],
  ])('finds no way to ship %s', async (_what, attempt) => {
    const orderId = await bought(shop, ana, sale.skuId);
    await expect(attempt(orderId)).rejects.toThrow('NOT_FOUND');
    expect((await orderOf(ana, orderId)).parcels).toEqual([]);
    await ship(fay, orderId);
  });
});

describe('an order whose money goes back', () => {
  it('is not shipped any more, stands in no list, and its goods are for sale again', async () => {
    const before = await stockOf(sale.skuId);
    const orderId = await bought(shop, ana, sale.skuId, 2);
    await giveBack(olga, orderId, 2 * PRICE);
    expect(await ship(fay, orderId)).toMatchObject({ __typename: 'OrderPromisedBack' });
    expect(await toShip(fay)).toEqual([]);
    expect(await stockOf(sale.skuId)).toEqual({ onHand: before.onHand - 2, sold: before.sold + 2 });
    await workOff(shop);
    expect((await orderOf(ana, orderId)).status).toBe('REFUNDED');
    expect(await stockOf(sale.skuId)).toEqual(before);
    expect(await ship(fay, orderId)).toMatchObject({ __typename: 'OrderNotToShip', status: 'REFUNDED' });
  });

  it('is still shipped if only a part of it does', async () => {
    const before = await stockOf(sale.skuId);
    const orderId = await bought(shop, ana, sale.skuId);
    await giveBack(olga, orderId, PRICE - 1);
    await workOff(shop);
    expect(await ship(fay, orderId)).toMatchObject({ __typename: 'Parcel' });
    expect(await stockOf(sale.skuId)).toEqual({ onHand: before.onHand - 1, sold: before.sold + 1 });
  });

  it('does not bring shipped goods back, and of one shipped in part just the others', async () => {
    const before = await stockOf(sale.skuId);
    const whole = await bought(shop, ana, sale.skuId, 2);
    await ship(fay, whole);
    await giveBack(olga, whole, 2 * PRICE);
    const part = await bought(shop, ana, sale.skuId, 5);
    const [line] = (await orderOf(ana, part)).lines;
    await ship(fay, part, { lines: [{ lineId: line!.id, quantity: 2 }] });
    await giveBack(olga, part, 5 * PRICE);
    await workOff(shop);
    expect([(await orderOf(ana, whole)).status, (await orderOf(ana, part)).status]).toEqual(['REFUNDED', 'REFUNDED']);
    expect(await stockOf(sale.skuId)).toEqual({ onHand: before.onHand - 4, sold: before.sold + 4 });
  });

  it('is either shipped or given back to somebody who asks at the same time, never to both', async () => {
    for (let round = 0; round < 6; round += 1) {
      const before = await stockOf(sale.skuId);
      const orderId = await bought(shop, ana, sale.skuId);
      const refund = (): Promise<{ __typename: string }> => giveBack(olga, orderId, PRICE);
      const send = (): Promise<{ __typename: string }> => ship(fay, orderId);
      const both = round % 2 === 0 ? [refund(), send()] : [send(), refund()];
      const names = (await Promise.all(both)).map(({ __typename }) => __typename);
      const parcel = names[round % 2 === 0 ? 1 : 0];
      expect(['Parcel', 'OrderPromisedBack']).toContain(parcel);
      expect(names).toContain('Refund');
      await workOff(shop);
      const { onHand } = await stockOf(sale.skuId);
      expect(onHand).toBe(before.onHand - (parcel === 'Parcel' ? 1 : 0));
    }
  });
});

describe('two who ship at once', () => {
  it('never put more into parcels than was bought', async () => {
    const orderId = await bought(shop, ana, sale.skuId, 3);
    const [line] = (await orderOf(ana, orderId)).lines;
    const two = { lines: [{ lineId: line!.id, quantity: 2 }] };
    const answers = await Promise.all([ship(fay, orderId, two), ship(olga, orderId, two), ship(fay, orderId, two)]);
    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual([
      'MoreThanLeftToShip',
      'MoreThanLeftToShip',
      'Parcel',
    ]);
    await expect(
      shop.rows('UPDATE order_line SET shipped_quantity = 4 WHERE id = ?', [idBytes(line!.id as Id)]),
    ).rejects.toThrow('order_line_shipped');
    await ship(fay, orderId);
  });

  it('of one checkout, as two suppliers, both get through', async () => {
    for (let round = 0; round < 4; round += 1) {
      const checkout = await ana.ask<CheckoutAnswer>(
        'mutation ($input: CheckoutPlaceInput!) { checkoutPlace(input: $input) { ... on Checkout { id orders { id } } } }',
        {
          input: {
            lines: [
              { skuId: sale.skuId, quantity: 1 },
              { skuId: other.skuId, quantity: 1 },
            ],
            delivery: aDelivery(),
            idempotencyKey: randomUUID(),
          },
        },
      );
      await paid(shop, ana, checkout.id);
      const [hers, his] = [checkout.orders[0]!, checkout.orders[1]!];
      const answers = await Promise.all([ship(fay, hers.id), ship(gus, his.id)]);
      expect(answers.map(({ __typename }) => __typename)).toEqual(['Parcel', 'Parcel']);
    }
  });

  it('with the same number leave one parcel', async () => {
    const [first, second] = [await bought(shop, ana, sale.skuId), await bought(shop, bo, sale.skuId)];
    const trackingNumber = aNumber();
    const answers = await Promise.all([first, second].map((id) => ship(fay, id, { trackingNumber })));
    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual(['Parcel', 'TrackingNumberTaken']);
    for (const id of [first, second]) await ship(fay, id);
  });
});

describe('a parcel whose number was typed wrong', () => {
  it('is put right, which is on record without the number', async () => {
    const orderId = await bought(shop, ana, sale.skuId);
    const { id } = await ship(fay, orderId, { trackingNumber: 'YT0000000000001' });
    const corrected = await correct(fay, id, { carrier: 'JTSD', trackingNumber: 'JT0000000000002' });
    expect(corrected).toMatchObject({ carrier: { id: 'JTSD' }, trackingNumber: 'JT0000000000002' });
    expect((await orderOf(ana, orderId)).parcels).toMatchObject([{ trackingNumber: 'JT0000000000002' }]);
    const [entry] = await shop.rows<{ reason: string; facts_before: string; facts_after: string }>(
      "SELECT * FROM audit_entry WHERE kind = 'fulfilment.parcelCorrected'",
    );
    expect(entry).toMatchObject({ reason: '单号填错', facts_before: '{"carrier":"YTO"}' });
    expect(`${entry!.facts_before}${entry!.facts_after}`).not.toMatch(/\d{4}/);
  });

  it('stays as it is when what it says already is said again', async () => {
    const orderId = await bought(shop, ana, sale.skuId);
    const trackingNumber = aNumber();
    const parcel = await ship(fay, orderId, { trackingNumber });
    const same = { carrier: 'YTO', trackingNumber };
    await workOff(shop);
    for (let time = 0; time < 3; time += 1) expect(await correct(fay, parcel.id, same)).toEqual(parcel);
  });

  it('is put right once when WeChat knows that all is shipped, and not a second time', async () => {
    const orderId = await bought(shop, ana, sale.skuId);
    const { id } = await ship(fay, orderId);
    await workOff(shop);
    expect(await correct(fay, id)).toMatchObject({ __typename: 'Parcel' });
    await workOff(shop);
    expect(await correct(fay, id)).toMatchObject({ __typename: 'CorrectionUsedUp' });
  });

  it('cannot be given the number of another, a carrier that there is not, or an unfit number', async () => {
    const [first, second] = [await bought(shop, ana, sale.skuId), await bought(shop, ana, sale.skuId)];
    const taken = (await ship(fay, first)).trackingNumber;
    const { id } = await ship(fay, second);
    expect(await correct(fay, id, { trackingNumber: taken })).toMatchObject({ __typename: 'TrackingNumberTaken' });
    expect(await correct(fay, id, { carrier: 'PIGEON' })).toMatchObject({ __typename: 'CarrierUnknown' });
    expect(await correct(fay, id, { carrier: 'EMS' })).toMatchObject({ __typename: 'TrackingNumberUnfit' });
  });

  it('stays as it is once its buyer has it, and is nobody else’s to put right', async () => {
    const orderId = await bought(shop, ana, sale.skuId);
    const { id } = await ship(fay, orderId);
    await expect(correct(gus, id)).rejects.toThrow('NOT_FOUND');
    await expect(correct(fay, newId('parcel'))).rejects.toThrow('NOT_FOUND');
    await receive(ana, orderId);
    expect(await correct(fay, id)).toMatchObject({ __typename: 'ParcelClosed', status: 'RECEIVED' });
  });
});

describe('a parcel that was handed over', () => {
  it('says since when, however often that is said, and only to whoever shipped it', async () => {
    const orderId = await bought(shop, ana, sale.skuId);
    const { id } = await ship(fay, orderId);
    await expect(deliver(gus, id)).rejects.toThrow('NOT_FOUND');
    const { deliveredAt } = await deliver(fay, id);
    expect(deliveredAt).not.toBeNull();
    expect(await deliver(olga, id)).toMatchObject({ deliveredAt });
    expect((await orderOf(ana, orderId)).parcels).toMatchObject([{ deliveredAt }]);
  });
});

async function shippedOrder(): Promise<string> {
  const orderId = await bought(shop, ana, sale.skuId);
  await ship(fay, orderId);
  return orderId;
}

/** Nothing stays unpaid behind a test. */
async function ended(): Promise<void> {
  const rows = await shop.rows<{ id: Buffer }>("SELECT id FROM checkout WHERE status = 'HELD'");
  for (const { id } of rows) await ana.cancel(idFromBytes('checkout', id));
}
