import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Product, type ProductId } from '#catalog';
import { newId, secondsAfter } from '#common';
import { SalesService } from '../../src/catalog/sale/sales.service.js';
import { anOffer, type OnSale } from '../support/builders.js';
import { aProduct, aSale, type Made, tell, type Told } from '../support/catalogue.js';
import type { Desk } from '../support/desk.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSound } from '../support/sound.js';

const HOUR_SECONDS = 3_600;

let shop: Shop;
let cato: Desk;
let ana: Phone;
let pears: OnSale;
let now: Date;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' } });
  [cato, ana] = [await shop.operator('cato', 'CATALOG'), await shop.login('ana')];
  pears = await anOffer(shop);
  now = new Date();
});
afterAll(async () => {
  await shop.close();
});

const later = async (seconds: number): Promise<void> => {
  now = secondsAfter(now, seconds);
  await shop.setTime(now);
};
const sweep = (): Promise<void> => shop.get(SalesService).turnDue();
const saleOf = async (id: ProductId): Promise<[status: string, isFrom: boolean, isUntil: boolean]> => {
  const { status, saleFrom, saleUntil } = await shop.source.manager.findOneByOrFail(Product, { id });
  return [status, saleFrom !== null, saleUntil !== null];
};

/** Something with a SKU and stock, off sale, that is to be sold for an hour, an hour from now. */
async function toCome(): Promise<Made> {
  const made = await aSale(shop, cato, pears.productId);
  await tell(cato, 'productsOffSale', { productIds: [made.productId] });
  const contents = await aProduct(shop, pears.productId, { supplierId: undefined });
  const times = { saleFrom: secondsAfter(now, HOUR_SECONDS), saleUntil: secondsAfter(now, 2 * HOUR_SECONDS) };
  const { revision } = await tell(cato, 'productChange', {
    ...{ ...contents, ...times, productId: made.productId, revision: made.revision + 1 },
  });
  return { ...made, revision };
}
const buys = async ({ skuId }: Made): Promise<string> => (await ana.buy(skuId)).__typename;

describe('a sale with times', () => {
  it('begins and ends by the clock', async () => {
    const made = await toCome();
    await sweep();
    expect([await saleOf(made.productId), await buys(made)]).toEqual([['OFF_SALE', true, true], 'NotOnSale']);
    await later(HOUR_SECONDS);
    await sweep();
    expect([await saleOf(made.productId), await buys(made)]).toEqual([['ON_SALE', false, true], 'Checkout']);
    await later(HOUR_SECONDS);
    await sweep();
    expect([await saleOf(made.productId), await buys(made)]).toEqual([['OFF_SALE', false, false], 'NotOnSale']);
    await expectSound(shop);
  });

  it('is judged by the moment, however late the clock is: nothing is bought after the end, and no team opened', async () => {
    const made = await toCome();
    await later(HOUR_SECONDS);
    expect(await buys(made)).toBe('Checkout');
    await later(HOUR_SECONDS - 1);
    expect(await buys(made)).toBe('Checkout');
    await later(1);
    expect(await buys(made)).toBe('NotOnSale');
    const { offer, productId } = await anOffer(shop);
    await shop.source.manager.update(Product, { id: productId }, { saleUntil: now });
    expect((await ana.open(offer.id)).__typename).toBe('NotOnSale');
    await sweep();
  });

  it('that was missed whole is over when a worker comes', async () => {
    const made = await toCome();
    await later(3 * HOUR_SECONDS);
    await sweep();
    expect(await saleOf(made.productId)).toEqual(['OFF_SALE', false, false]);
  });

  it('does not begin for what has no SKU, and the others do not wait for it', async () => {
    const contents = await aProduct(shop, pears.productId, { saleFrom: secondsAfter(now, 10) });
    const { id } = await tell(cato, 'productAdd', contents);
    await later(10);
    await sweep();
    expect(await saleOf(id as ProductId)).toEqual(['OFF_SALE', false, false]);
    await expectSound(shop);
  });

  it('is worked off by the clock’s own task', async () => {
    const made = await toCome();
    await later(HOUR_SECONDS);
    await shop.rows(
      "INSERT INTO job (name, args, unique_key, run_at, repeat_seconds) VALUES ('catalog.turnSales', '{}', 'schedule:catalog.turnSales', NOW(3), 10)",
    );
    await shop.drain();
    expect(await saleOf(made.productId)).toEqual(['ON_SALE', false, true]);
  });
});

describe('a decision', () => {
  const decide = (act: 'productsOnSale' | 'productsOffSale', ...ids: string[]): Promise<Told> =>
    tell(cato, act, { productIds: ids });

  it('to take off sale ends whatever times are set; to put on sale keeps the end', async () => {
    const made = await toCome();
    await decide('productsOnSale', made.productId);
    expect(await saleOf(made.productId)).toEqual(['ON_SALE', false, true]);
    await decide('productsOffSale', made.productId);
    expect(await saleOf(made.productId)).toEqual(['OFF_SALE', false, false]);
    await later(2 * HOUR_SECONDS);
    await sweep();
    expect([await saleOf(made.productId), await buys(made)]).toEqual([['OFF_SALE', false, false], 'NotOnSale']);
  });

  it('that is made again changes nothing', async () => {
    const { productId, revision } = await aSale(shop, cato, pears.productId);
    expect((await decide('productsOnSale', productId)).products[0]).toMatchObject({ revision });
    await decide('productsOffSale', productId);
    expect((await decide('productsOffSale', productId)).products[0]).toMatchObject({ revision: revision + 1 });
  });

  it('about several is made of all or of none', async () => {
    const [one, other] = [await aSale(shop, cato, pears.productId), await aSale(shop, cato, pears.productId)];
    const { id: empty } = await tell(cato, 'productAdd', await aProduct(shop, pears.productId));
    const { products } = await decide('productsOffSale', other.productId, one.productId);
    expect(products.map(({ id, status }) => [id, status])).toEqual([
      [other.productId, 'OFF_SALE'],
      [one.productId, 'OFF_SALE'],
    ]);
    expect(await decide('productsOnSale', one.productId, empty)).toMatchObject({ productId: empty });
    await expect(decide('productsOnSale', one.productId, newId('product'))).rejects.toThrow('input.productIds.1');
    await expect(decide('productsOnSale', one.productId, one.productId)).rejects.toThrow('input.productIds');
    expect((await saleOf(one.productId))[0]).toBe('OFF_SALE');
  });

  it('about a hundred is taken at once, and about more is not', async () => {
    const made: string[] = [];
    const { supplierId, categoryId } = await shop.source.manager.findOneByOrFail(Product, { id: pears.productId });
    for (let number = 0; number < 101; number += 1) made.push(newId('product'));
    await shop.source.manager.insert(
      Product,
      made.map((id) => ({
        ...{ id: id as ProductId, supplierId, categoryId, name: 'x', description: '', status: 'OFF_SALE' as const },
        ...{ options: [], returnRule: 'SEVEN_DAYS' as const, saleFrom: null, saleUntil: null, revision: 1 },
      })),
    );
    await expect(decide('productsOffSale', ...made)).rejects.toThrow('input.productIds');
    expect((await decide('productsOffSale', ...made.slice(1))).products).toHaveLength(100);
  });

  it('of a supplier takes its own products off sale, nobody else’s, and puts none on', async () => {
    const made = await aSale(shop, cato, pears.productId);
    const { supplierId } = await shop.source.manager.findOneByOrFail(Product, { id: pears.productId });
    const { productId: milk } = await anOffer(shop, { supplier: '牧场' });
    const fay = await shop.supplier('fay', supplierId);
    const off = (...productIds: string[]): Promise<Told> => tell(fay, 'suppliedProductsOffSale', { productIds });
    await expect(off(made.productId, milk)).rejects.toThrow('input.productIds.1');
    expect((await off(made.productId)).products[0]).toMatchObject({ status: 'OFF_SALE' });
    expect((await saleOf(milk))[0]).toBe('ON_SALE');
    await expect(tell(fay, 'productsOnSale', { productIds: [made.productId] })).rejects.toThrow('FORBIDDEN');
    await expectSound(shop);
  });
});
