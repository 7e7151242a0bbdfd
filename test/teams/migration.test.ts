import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import * as migrations from '../../migrations/index.js';
import { OFFERS } from '../../src/invariants/offers.js';
import { migrateBetween, type OlderShop, shopBefore } from '../support/older-shop.js';

const { OffersWithTerms1795320000000: OffersWithTerms, KeepAnAuditTrail1795353000000: KeepAnAuditTrail } = migrations;

let shop: OlderShop;
let source: DataSource;

/** A shop from before: one offer of one SKU, and a team that forms by it with one paid member. */
beforeAll(async () => {
  shop = await shopBefore(OffersWithTerms);
  ({ source } = shop);
  const statements = [
    "INSERT INTO supplier (id, name) VALUES ('s', 's')",
    "INSERT INTO product (id, supplier_id, name, category, description, status) VALUES ('p', 's', 'p', 'c', '', 'ON_SALE')",
    "INSERT INTO sku (id, product_id, code, title, price_minor, currency) VALUES ('k', 'p', 'K', '', 1000, 'CNY')",
    "INSERT INTO allotment (id, sku_id, units_max, units_taken) VALUES ('a', 'k', 50, 2)",
    `INSERT INTO offer (id, product_id, sku_id, allotment_id, size, price_minor, currency, ttl_seconds, units_per_buyer, starts_at, ends_at)
     VALUES ('o', 'p', 'k', 'a', 3, 800, 'CNY', 3600, 5, '2026-01-01', '2027-01-01')`,
    `INSERT INTO team (id, offer_id, sku_id, opened_by_id, status, size, price_minor, currency, ttl_seconds, seats_live, seats_paid, opened_at, expires_at)
     VALUES ('t', 'o', 'k', 'b', 'FORMING', 3, 800, 'CNY', 3600, 1, 1, '2026-02-01', '2026-02-02')`,
    `INSERT INTO seat (id, team_id, offer_id, buyer_id, order_id, status, quantity, held_until)
     VALUES ('e', 't', 'o', 'b', 'r', 'HELD', 2, '2026-02-01')`,
    "UPDATE seat SET status = 'PAID'",
  ];
  for (const statement of statements) await source.query(statement);
});
afterAll(async () => {
  await shop.close();
});

/** What the invariants of offers are judged by. */
const keepTrail = (way: 'up' | 'down'): Promise<void> => migrateBetween(shop, [OffersWithTerms, KeepAnAuditTrail], way);
const all = (sql: string): Promise<object[]> => source.query<object[]>(sql);

describe('a shop that is older than terms with revisions', () => {
  it('keeps its offers as first revisions with a price and a share, and its teams as opened under them', async () => {
    const runner = source.createQueryRunner();
    await new OffersWithTerms().up(runner);
    await runner.release();
    expect(await all('SELECT kind, revision, size, units_per_order, units_per_buyer, frozen_at FROM offer')).toEqual([
      { kind: 'PLAIN', revision: 1, size: 3, units_per_order: 9_999, units_per_buyer: 5, frozen_at: null },
    ]);
    expect(
      await all(
        'SELECT revision, price_minor, currency, allotment_id = (SELECT id FROM allotment) AS is_kept FROM offer_price',
      ),
    ).toEqual([{ revision: 1, price_minor: '800', currency: 'CNY', is_kept: 1 }]);
    expect(await all('SELECT kind, revision, units_per_order, units_per_buyer FROM team')).toEqual([
      { kind: 'PLAIN', revision: 1, units_per_order: 9_999, units_per_buyer: 5 },
    ]);
    expect(await all('SELECT paid_at IS NOT NULL AS is_known FROM seat')).toEqual([{ is_known: 1 }]);
  });

  it('breaks no invariant of offers once their changes are in the audit trail, and lets nobody change a price', async () => {
    await keepTrail('up');
    for (const { sql } of OFFERS) expect(await all(sql)).toEqual([]);
    await expect(source.query('UPDATE offer_price SET price_minor = 1')).rejects.toThrow('never changed or deleted');
  });

  it('can go back, and on again', async () => {
    await keepTrail('down');
    const runner = source.createQueryRunner();
    await new OffersWithTerms().down(runner);
    expect(await all('SELECT price_minor, currency, sku_id = (SELECT id FROM sku) AS is_kept FROM team')).toEqual([
      { price_minor: '800', currency: 'CNY', is_kept: 1 },
    ]);
    await new OffersWithTerms().up(runner);
    await runner.release();
    await keepTrail('up');
    for (const { sql } of OFFERS) expect(await all(sql)).toEqual([]);
  });
});
