import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SkuLimitsService } from '#catalog';
import { idBytes } from '#common';
import { CheckoutsService } from '#orders';
import { ChannelService } from '#payments';
import { anOffer, type OnSale } from '../support/builders.js';
import { aDelivery } from '../support/deliveries.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { deliver, expectSound, settle } from '../support/sound.js';

const BY_TEST = { by: 'command:test', reason: 'limits of a test' } as const;

let shop: Shop;
let ana: Phone;
let sold: OnSale;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' }, wechat: { refundGapSeconds: 0 } });
  ana = await shop.login('ana');
});
beforeEach(async () => {
  sold = await anOffer(shop, { priceMinor: 1_000 });
});
afterAll(async () => {
  await shop.close();
});

function limit(unitsPerBuyer: number | null, unitsPerOrder: number | null = null): Promise<object> {
  return shop.get(SkuLimitsService).set({ skuId: sold.skuId, unitsPerOrder, unitsPerBuyer }, BY_TEST);
}

const typeOf = async (quantity: number): Promise<string> => (await ana.buy(sold.skuId, quantity)).__typename;

async function counted(): Promise<number> {
  const [row] = await shop.rows<{ units: string | null }>(
    'SELECT SUM(units) AS units FROM sku_buyer WHERE sku_id = ?',
    [idBytes(sold.skuId)],
  );
  return Number(row?.units ?? 0);
}

describe('what one buyer may have alone', () => {
  it('is kept by one buyer with ten phones: two units, and no more', async () => {
    await limit(2);
    const [buyer] = await shop.people(1);
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        shop.get(CheckoutsService).place(buyer!, {
          ...{ lines: [{ skuId: sold.skuId, quantity: 1 }], delivery: aDelivery(), idempotencyKey: randomUUID() },
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [String(answer.reason)] : []));
    expect(new Set(refusals.map((text) => text.split(': ')[1] ?? text))).toEqual(new Set(['OverBuyerLimit']));
    expect(await counted()).toBe(2);
  });

  it('counts what was bought before there was a limit, and says how many are left', async () => {
    expect(await typeOf(3)).toBe('Checkout');
    await limit(4);
    const answer = await ana.ask(
      `mutation ($input: CheckoutPlaceInput!) { checkoutPlace(input: $input) { __typename ... on OverBuyerLimit { skuId unitsPerBuyer unitsLeft message } } }`,
      {
        input: { lines: [{ skuId: sold.skuId, quantity: 2 }], delivery: aDelivery(), idempotencyKey: randomUUID() },
      },
    );
    expect(answer).toEqual({
      ...{ __typename: 'OverBuyerLimit', skuId: sold.skuId, unitsPerBuyer: 4, unitsLeft: 1 },
      message: '该商品每人限购4件，您还可购买1件。',
    });
    expect(await typeOf(1)).toBe('Checkout');
    expect(await typeOf(1)).toBe('OverBuyerLimit');
  });

  it('is free again when an unpaid order is cancelled, and can be lifted', async () => {
    await limit(1);
    const { id } = await ana.buy(sold.skuId);
    expect(await typeOf(1)).toBe('OverBuyerLimit');
    await ana.cancel(id);
    await settle(shop);
    expect(await counted()).toBe(0);
    expect(await typeOf(1)).toBe('Checkout');
    await limit(null);
    expect(await typeOf(5)).toBe('Checkout');
  });

  it('is free again when all of it has gone back, and not for a part', async () => {
    await limit(1);
    const { id, orders } = await ana.buy(sold.skuId);
    await ana.pay(id, { notify: { lose: true } });
    await ana.confirmPayment(id);
    await settle(shop);
    const olga = await shop.operator('olga', 'FINANCE');
    const give = async (amountMinor: number): Promise<void> => {
      await olga.ask('mutation ($input: OrderRefundInput!) { orderRefund(input: $input) { __typename } }', {
        input: { orderId: orders[0]!.id, amountMinor, note: '少发', idempotencyKey: randomUUID() },
      });
      await deliver(shop);
    };
    await give(400);
    expect(await typeOf(1)).toBe('OverBuyerLimit');
    await give(600);
    expect(await typeOf(1)).toBe('Checkout');
  });

  it.each([
    ['while it is still held', false],
    ['when it was released', true],
  ])('is given back once if money comes too late %s', async (_when, isReleased) => {
    const { id, orders } = await ana.buy(sold.skuId, 2);
    const sheet = await ana.startPayment(id);
    await shop.setTime(new Date(Date.now() + 3_600_000));
    if (isReleased) {
      await shop.get(ChannelService).closeOverdue();
      await settle(shop);
      expect(await counted()).toBe(0);
    }
    // So that giving back twice would not be noticed by the column, which cannot go below zero.
    await ana.buy(sold.skuId, 3);
    await ana.payPrepaid(sheet.package.replace('prepay_id=', ''), { ignore_expiry: true });
    await deliver(shop);
    const { data } = await ana.send('query ($id: ID!) { checkout(id: $id) { orders { id status } } }', { id });
    expect(data).toEqual({ checkout: { orders: [{ id: orders[0]!.id, status: 'REFUNDED' }] } });
    expect(await counted()).toBe(3);
    await shop.setTime(new Date());
  });

  it('has nothing to do with what teams buy', async () => {
    await limit(1);
    expect((await ana.open(sold.offer.id, 3)).__typename).toBe('Seat');
    expect(await counted()).toBe(0);
    expect(await typeOf(1)).toBe('Checkout');
  });
});

it('one order may have so many and not more, however often one orders', async () => {
  await limit(null, 2);
  expect([await typeOf(3), await typeOf(2), await typeOf(2)]).toEqual(['OverOrderLimit', 'Checkout', 'Checkout']);
});

it('leaves counters that equal the orders', async () => {
  await expectSound(shop);
});
