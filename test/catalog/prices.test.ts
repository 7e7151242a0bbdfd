import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Product, type SkuId } from '#catalog';
import { idBytes, newId } from '#common';
import { anOffer, type OnSale } from '../support/builders.js';
import { tell, WHY } from '../support/catalogue.js';
import type { Client } from '../support/client.js';
import type { Desk } from '../support/desk.js';
import { Shop } from '../support/shop.js';
import { expectSound } from '../support/sound.js';

let shop: Shop;
let cato: Desk;
let pears: OnSale;

beforeAll(async () => {
  shop = await Shop.open();
  cato = await shop.operator('cato', 'CATALOG');
  pears = await anOffer(shop, { priceMinor: 1_000, stock: 500 });
});
afterAll(async () => {
  await shop.close();
});

interface Price {
  readonly priceMinor: number;
  readonly setBy: string | null;
  readonly reason: string | null;
}

const HISTORY = `query ($id: ID!) { product(id: $id) { skus { priceHistory { priceMinor setBy reason } } } }`;
const historyFor = async (who: Client, { productId }: OnSale): Promise<Price[] | null> =>
  (await who.ask<{ skus: { priceHistory: Price[] | null }[] }>(HISTORY, { id: productId })).skus[0]!.priceHistory;
const setPrice = (skuId: SkuId, priceMinor: number, idempotencyKey?: string) =>
  tell(cato, 'skuPriceSet', { skuId, priceMinor, ...(idempotencyKey !== undefined && { idempotencyKey }) });

describe('a price', () => {
  it('holds from now on, and what was ordered keeps its own', async () => {
    const { skuId } = await anOffer(shop, { priceMinor: 900 });
    const ana = await shop.login('ana');
    const before = await ana.buy(skuId, 2);
    expect(await setPrice(skuId, 1_100)).toMatchObject({ __typename: 'Sku', priceMinor: 1_100 });
    const after = await ana.buy(skuId, 2);
    expect([before.payableMinor, after.payableMinor]).toEqual([1_800, 2_200]);
    await ana.pay(before.id);
    await ana.confirmPayment(before.id);
    await expectSound(shop);
  });

  it('may be nothing', async () => {
    const { skuId } = await anOffer(shop);
    await setPrice(skuId, 0);
    expect(await (await shop.login('ana')).buy(skuId)).toMatchObject({ __typename: 'Checkout', payableMinor: 0 });
  });

  it('is remembered with who set it and why, newest first; what it is already adds nothing', async () => {
    const goods = await anOffer(shop, { priceMinor: 500 });
    await setPrice(goods.skuId, 450, 'cheaper-for-once');
    await setPrice(goods.skuId, 600);
    await setPrice(goods.skuId, 450, 'cheaper-for-once');
    await setPrice(goods.skuId, 600);
    const by = await cato.staffId();
    expect(await historyFor(cato, goods)).toEqual([
      { priceMinor: 600, setBy: by, reason: WHY },
      { priceMinor: 450, setBy: by, reason: WHY },
      { priceMinor: 500, setBy: 'command:test', reason: 'goods of a test' },
    ]);
    await expectSound(shop);
  });

  it('of the past is told to the supplier without who and why, and to nobody else', async () => {
    const { supplierId } = await shop.source.manager.findOneByOrFail(Product, { id: pears.productId });
    const other = await anOffer(shop, { supplier: '牧场' });
    const { supplierId: dairyId } = await shop.source.manager.findOneByOrFail(Product, { id: other.productId });
    const [fay, moo] = [await shop.supplier('fay', supplierId), await shop.supplier('moo', dairyId)];
    expect(await historyFor(fay, pears)).toEqual([{ priceMinor: 1_000, setBy: null, reason: null }]);
    const others = [moo, shop.guest, await shop.login('ana'), await shop.operator('flo', 'FINANCE')];
    for (const who of others) expect(await historyFor(who, pears)).toBeNull();
  });

  it('cannot be changed or removed from the past, by nobody', async () => {
    await expect(shop.rows('UPDATE sku_price SET price_minor = 1')).rejects.toThrow('never changed or deleted');
    await expect(shop.rows('DELETE FROM sku_price')).rejects.toThrow('never changed or deleted');
  });

  it('is told by its last fifty', async () => {
    const goods = await anOffer(shop, { priceMinor: 1 });
    for (let price = 2; price <= 52; price += 1) await setPrice(goods.skuId, price);
    const told = await historyFor(cato, goods);
    expect(told!.map(({ priceMinor }) => priceMinor)).toEqual(Array.from({ length: 50 }, (_, index) => 52 - index));
  });

  it('must be one, of something', async () => {
    await expect(setPrice(pears.skuId, -1)).rejects.toThrow('BAD_USER_INPUT');
    await expect(setPrice(newId('sku'), 1)).rejects.toThrow('NOT_FOUND');
  });
});

describe('a price that is set while orders are placed', () => {
  it('gives each order one of the two prices, and its lines agree with it', async () => {
    const { skuId } = await anOffer(shop, { priceMinor: 100, stock: 500 });
    const phones = await Promise.all(Array.from({ length: 8 }, (_, number) => shop.login(`racer ${number}`)));
    const orders = phones.flatMap((phone) => Array.from({ length: 3 }, () => phone.buy(skuId, 3)));
    const prices = [200, 100, 200].map((price) => setPrice(skuId, price));
    const placed = await Promise.all(orders);
    await Promise.all(prices);
    expect(placed.every(({ payableMinor }) => payableMinor === 300 || payableMinor === 600)).toBe(true);
    const lines = await shop.rows<{ odd: string }>(
      `SELECT COUNT(*) AS odd FROM order_line JOIN orders ON orders.id = order_id
       WHERE sku_id = ? AND (amount_minor <> payable_minor OR amount_minor <> 3 * unit_price_minor)`,
      [idBytes(skuId)],
    );
    expect(Number(lines[0]!.odd)).toBe(0);
    await expectSound(shop);
  });
});
