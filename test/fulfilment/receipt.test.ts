import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SelectQueryBuilder } from 'typeorm';
import { type Id, idBytes, secondsAfter } from '#common';
import { ReceiptsService } from '#fulfilment';
import { Order } from '#orders';
import { anOffer, type OnSale } from '../support/builders.js';
import type { Desk } from '../support/desk.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { deliver as workOff, expectSettled } from '../support/sound.js';
import { bought, extend, giveBack, orderOf, paid, receive, ship, toShip } from './warehouse.js';

const DAY = 24 * 3_600;

let shop: Shop;
let ana: Phone;
let bo: Phone;
let olga: Desk;
let sale: OnSale;
let now = new Date();

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' }, wechat: { refundGapSeconds: 0 } });
  sale = await anOffer(shop, { size: 2, stock: 1_000 });
  [ana, bo, olga] = [await shop.login('ana'), await shop.login('bo'), await shop.operator('olga')];
  await goOn(0);
});
afterAll(async () => {
  await shop.close();
});
afterEach(async () => {
  await workOff(shop);
  await expectSettled(shop);
});

async function goOn(seconds: number): Promise<void> {
  now = secondsAfter(now, seconds);
  await shop.setTime(now);
}

/** What the clock does, and all that follows from it. */
async function tick(): Promise<void> {
  await shop.get(ReceiptsService).receiveOverdue();
  await shop.get(ReceiptsService).completeOverdue();
  await workOff(shop);
}

async function shipped(phone = ana): Promise<string> {
  const orderId = await bought(shop, phone, sale.skuId);
  await ship(olga, orderId);
  return orderId;
}

const statusOf = async (orderId: string): Promise<string> => (await orderOf(ana, orderId)).status;

describe('a buyer', () => {
  it('says that an order has come, however often, and the window for returns begins', async () => {
    const orderId = await shipped();
    const received = await receive(ana, orderId);
    expect(received).toMatchObject({ __typename: 'Order', status: 'RECEIVED', receivedAt: now.toISOString() });
    await goOn(60);
    expect(await receive(ana, orderId)).toEqual(received);
    const days = (Date.parse(received.completesAt!) - Date.parse(received.receivedAt!)) / 1_000 / DAY;
    expect(days).toBeGreaterThan(7);
    expect(days).toBeLessThanOrEqual(8);
    expect(new Date(received.completesAt!).toISOString()).toMatch(/T16:00:00\.000Z$/);
  });

  it('cannot receive what is not shipped, or somebody else’s', async () => {
    const orderId = await bought(shop, ana, sale.skuId);
    expect(await receive(ana, orderId)).toMatchObject({ __typename: 'OrderNotReceivable', status: 'TO_FULFIL' });
    await ship(olga, orderId);
    await expect(receive(bo, orderId)).rejects.toThrow('NOT_FOUND');
    await expect(extend(bo, orderId)).rejects.toThrow('NOT_FOUND');
    expect(await statusOf(orderId)).toBe('SHIPPED');
  });

  it('may put the automatic receipt off by three days, once', async () => {
    const orderId = await shipped();
    const before = await orderOf(ana, orderId);
    const key = randomUUID();
    const put = await extend(ana, orderId, key);
    expect(put).toMatchObject({ __typename: 'Order', isReceiptExtended: true });
    expect(Date.parse(put.receiveBy!) - Date.parse(before.receiveBy!)).toBe(3 * DAY * 1_000);
    expect(await extend(ana, orderId, key)).toEqual(put);
    expect(await extend(ana, orderId)).toMatchObject({ __typename: 'ReceiptAlreadyExtended' });
    await goOn(10 * DAY + 1);
    await tick();
    expect(await statusOf(orderId)).toBe('SHIPPED');
    await goOn(3 * DAY);
    await tick();
    expect(await statusOf(orderId)).toBe('RECEIVED');
    expect(await extend(ana, orderId)).toMatchObject({ __typename: 'OrderNotReceivable' });
  });

  it('cannot put it off when the time is over', async () => {
    const orderId = await shipped();
    await goOn(10 * DAY);
    expect(await extend(ana, orderId)).toMatchObject({ __typename: 'ReceiptOver' });
    await tick();
  });
});

describe('the clock', () => {
  it('takes an order as received ten days after the last parcel, and completes it seven whole days later', async () => {
    const orderId = await bought(shop, ana, sale.skuId, 2);
    const [line] = (await orderOf(ana, orderId)).lines;
    await ship(olga, orderId, { lines: [{ lineId: line!.id, quantity: 1 }] });
    await goOn(5 * DAY);
    await ship(olga, orderId);
    await goOn(10 * DAY - 1);
    await tick();
    expect(await statusOf(orderId)).toBe('SHIPPED');
    await goOn(1);
    await tick();
    const { status, receivedAt, completesAt } = await orderOf(ana, orderId);
    expect([status, receivedAt]).toEqual(['RECEIVED', now.toISOString()]);
    now = secondsAfter(new Date(completesAt!), -1);
    await goOn(0);
    await tick();
    expect(await statusOf(orderId)).toBe('RECEIVED');
    await goOn(1);
    await tick();
    expect(await statusOf(orderId)).toBe('COMPLETED');
    expect(await receive(ana, orderId)).toMatchObject({ __typename: 'Order', status: 'COMPLETED' });
  });

  it('says of an order that waits for two days that it is late', async () => {
    const orderId = await bought(shop, ana, sale.skuId);
    await goOn(2 * DAY - 1);
    expect(await toShip(olga)).toMatchObject([{ id: orderId, isOverdue: false }]);
    await goOn(1);
    expect(await toShip(olga)).toMatchObject([{ id: orderId, isOverdue: true }]);
    await ship(olga, orderId);
  });

  it('works through more than a page, and one order that cannot be moved stops no other', async () => {
    const orders = [await shipped(), await shipped(), await shipped()];
    await goOn(11 * DAY);
    await shop.rows(
      `CREATE TRIGGER poison BEFORE UPDATE ON orders FOR EACH ROW
       IF NEW.status = 'RECEIVED' AND NEW.id = UNHEX('${idBytes(orders[1] as Id).toString('hex')}') THEN
       SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'poison'; END IF`,
    );
    await expect(shop.get(ReceiptsService).receiveOverdue()).rejects.toThrow('1 of a sweep failed');
    await shop.rows('DROP TRIGGER poison');
    expect(await Promise.all(orders.map(statusOf))).toEqual(['RECEIVED', 'SHIPPED', 'RECEIVED']);
    await tick();
    expect(await statusOf(orders[1]!)).toBe('RECEIVED');
  });

  it('does not complete an order while some of its money is on its way back', async () => {
    const orderId = await shipped();
    await receive(ana, orderId);
    await shop.fault('refund', 'stuck');
    await giveBack(olga, orderId, 100);
    await shop.drain();
    await goOn(9 * DAY);
    await shop.get(ReceiptsService).completeOverdue();
    expect(await statusOf(orderId)).toBe('RECEIVED');
    const [refund] = await shop.rows<{ out_refund_no: string }>("SELECT * FROM refund WHERE status = 'SUBMITTED'");
    await shop.emulate(`/emulator/refunds/${refund!.out_refund_no}/end`, { status: 'SUCCESS' });
    await workOff(shop);
    await tick();
    expect(await statusOf(orderId)).toBe('COMPLETED');
  });

  it.each([
    ['was put off', (id: string) => extend(ana, id).then(() => 'SHIPPED')],
    ['is received', (id: string) => receive(ana, id).then(() => 'RECEIVED')],
  ])('sees of an order that is looked at again under its lock that it %s meanwhile', async (_what, meanwhile) => {
    const orderId = await shipped();
    await goOn(10 * DAY - 1);
    const stands = await meanwhile(orderId);
    // Read as due a moment ago: the list is older than the lock.
    const due = await shop.source.manager.findBy(Order, { id: orderId as Id<'order'> });
    const list = jest.spyOn(SelectQueryBuilder.prototype, 'getMany').mockResolvedValueOnce(due);
    await goOn(2);
    await shop.get(ReceiptsService).receiveOverdue();
    list.mockRestore();
    expect(await statusOf(orderId)).toBe(stands);
  });

  it('and a buyer who receives at the same moment agree', async () => {
    const orderId = await shipped();
    await goOn(10 * DAY);
    const [answer] = await Promise.all([receive(ana, orderId), shop.get(ReceiptsService).receiveOverdue()]);
    expect(answer).toMatchObject({ __typename: 'Order', status: 'RECEIVED' });
    const moves = await shop.rows("SELECT 1 FROM status_move WHERE subject_id = ? AND to_status = 'RECEIVED'", [
      idBytes(orderId as Id),
    ]);
    expect(moves).toHaveLength(1);
  });
});

describe('a team', () => {
  it('is closed when the last of its orders is completed, and not before', async () => {
    const opened = await ana.open(sale.offer.id);
    await paid(shop, ana, opened.order.checkout.id);
    const joined = await bo.join(opened.team.id);
    await paid(shop, bo, joined.order.checkout.id);
    const teamStatus = async (): Promise<string> =>
      (
        await shop.guest.ask<{ status: string }>('query ($id: ID!) { team(id: $id) { status } }', {
          id: opened.team.id,
        })
      ).status;
    await ship(olga, opened.order.id);
    await receive(ana, opened.order.id);
    await goOn(9 * DAY);
    await tick();
    expect([await statusOf(opened.order.id), await teamStatus()]).toEqual(['COMPLETED', 'FORMED']);
    await ship(olga, joined.order.id);
    await goOn(10 * DAY);
    await tick();
    await goOn(9 * DAY);
    await tick();
    expect(await teamStatus()).toBe('CLOSED');
  });
});
