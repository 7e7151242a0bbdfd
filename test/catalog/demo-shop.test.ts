import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CatalogService, FreightService } from '#catalog';
import { OffersService } from '#teams';
import { seedDemoShop } from '../../src/cli/demo-shop/demo-shop.js';
import { PRODUCTS } from '../../src/cli/demo-shop/products.js';
import { Shop } from '../support/shop.js';

describe('the demo shop', () => {
  it('has sixty products of eight suppliers on ten shelves', () => {
    expect(PRODUCTS).toHaveLength(60);
    expect(new Set(PRODUCTS.map(({ supplier }) => supplier)).size).toBe(8);
    expect(new Set(PRODUCTS.map(({ category }) => category)).size).toBe(10);
  });

  it('names every product and every SKU code once', () => {
    const codes = PRODUCTS.flatMap(({ skus }) => skus.map(({ code }) => code));
    expect(new Set(codes).size).toBe(codes.length);
    expect(new Set(PRODUCTS.map(({ name }) => name)).size).toBe(PRODUCTS.length);
  });

  it.each(PRODUCTS.filter(({ team }) => team).map((product) => [product.name, product] as const))(
    'sells %s cheaper to a team than to one, within a day and with stock for more than one team',
    (_name, { team, skus: [sku] }) => {
      expect(team!.priceMinor).toBeLessThan(sku!.priceMinor);
      expect(team!.priceMinor).toBeGreaterThan(sku!.priceMinor / 2);
      expect([2, 3, 4, 5]).toContain(team!.size);
      expect(team!.ttlHours).toBeGreaterThanOrEqual(2);
      expect(team!.ttlHours).toBeLessThanOrEqual(24);
      expect((sku!.quantity * team!.stockShareBps) / 10_000).toBeGreaterThan(team!.size * team!.unitsPerBuyer);
    },
  );
});

describe('seeding', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(async () => {
    await shop.close();
  });

  it('fills an empty shop, and changes nothing when it is run again', async () => {
    const services = {
      catalog: shop.get(CatalogService),
      freight: shop.get(FreightService),
      offers: shop.get(OffersService),
    };
    const seed = () => shop.source.transaction((db) => seedDemoShop(db, services, new Date()));
    const rows = async (): Promise<Record<string, string>[]> => {
      const tables = ['supplier', 'product', 'sku', 'stock', 'allotment', 'offer', 'stock_move'];
      return shop.rows(
        tables.map((table) => `SELECT '${table}' AS name, COUNT(*) AS rows_there FROM ${table}`).join(' UNION ALL '),
      );
    };

    const offers = PRODUCTS.filter(({ team }) => team).length;
    expect(await seed()).toEqual({ products: 60, offers });
    const filled = await rows();
    expect(filled).toContainEqual({ name: 'offer', rows_there: String(offers) });

    expect(await seed()).toBeNull();
    expect(await rows()).toEqual(filled);
  });
});
