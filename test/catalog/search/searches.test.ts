import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CatalogService, type NewProduct } from '#catalog';
import { PRODUCTS } from '../../../src/cli/demo-shop/products.js';
import { assortmentOf } from '../../../src/cli/replay/assortment.js';
import { readOrderHistory } from '../../../src/cli/replay/order-history.js';
import { Shop } from '../../support/shop.js';
import { foundBy, indexAll } from './finding.js';

const SEARCHES = (await readFile(new URL('../../samples/searches.tsv', import.meta.url), 'utf8'))
  .trim()
  .split('\n')
  .map((line) => line.split('\t') as [string, string]);
const TOP = 3;
/** Each of the first three is one of those whose names have this. */
const ANY = '* ';

let shop: Shop;

beforeAll(async () => {
  shop = await Shop.open();
  const { sales } = await readOrderHistory('test/samples/online-retail-2000.csv.gz', 2_000);
  const gifts = assortmentOf(sales).map(({ name, stockCode, singlePriceMinor, units }): NewProduct => ({
    ...{ supplier: 'Gift House', name, category: 'Gifts', description: '' },
    skus: [{ code: stockCode, title: '', priceMinor: singlePriceMinor, quantity: units }],
  }));
  const because = { by: 'command:test', reason: 'goods to be found' } as const;
  await shop.source.transaction((db) => shop.get(CatalogService).add(db, [...PRODUCTS, ...gifts], because));
  await indexAll(shop);
});
afterAll(async () => {
  await shop.close();
});

describe('what people type finds what they want among the first three', () => {
  it('is asked of a hundred searches', () => {
    expect(SEARCHES).toHaveLength(100);
  });

  it.each(SEARCHES)('%s', async (text, expected) => {
    const names = await foundBy(shop, text, TOP);
    if (expected.startsWith(ANY)) {
      const wanted = expected.slice(ANY.length);
      expect(names.map((name) => name.includes(wanted))).toEqual(Array.from({ length: TOP }, () => true));
    } else expect(names).toEqual(expect.arrayContaining(expected.split('|').slice(0, TOP)));
  });
});
