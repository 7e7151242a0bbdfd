import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  FreightAndLimits1795442000000 as FreightAndLimits,
  RefundByLine1795445000000 as RefundByLine,
} from '../../migrations/index.js';
import { CHECKOUT } from '../../src/invariants/checkout.js';
import { migrateBetween, type OlderShop, shopBefore } from '../support/older-shop.js';

let shop: OlderShop;

const all = (sql: string): Promise<object[]> => shop.source.query<object[]>(sql);
const anOrder = (id: string, status: string, awaitsTeam: boolean): string => `
  INSERT INTO orders (id, checkout_id, buyer_id, supplier_id, status, awaits_team, hold, payable_minor, currency, placed_at, delivery)
  VALUES ('${id}', 'c', 'ana', 's', '${status}', ${awaitsTeam}, 1, 300, 'CNY', NOW(3), REPEAT('x', 40))`;
const aLine = (id: string, quantity: number): string => `
  INSERT INTO order_line (id, order_id, sku_id, title, quantity, unit_price_minor, amount_minor)
  SELECT id, id, 'apple', '苹果', ${quantity}, 100, ${quantity} * 100 FROM orders WHERE id LIKE '${id}%'`;

async function migrate(way: 'up' | 'down'): Promise<void> {
  const runner = shop.source.createQueryRunner();
  await new FreightAndLimits()[way](runner);
  await runner.release();
}

/** A shop from before: what was bought alone and in a team, and what was given up. */
beforeAll(async () => {
  shop = await shopBefore(FreightAndLimits);
  for (const [id, status, awaitsTeam] of [
    ['alone', 'TO_FULFIL', false],
    ['more', 'UNPAID', false],
    ['gone', 'CANCELLED', false],
    ['back', 'REFUNDED', false],
    ['late', 'PAID_LATE', false],
    ['team', 'TO_FULFIL', true],
  ] as const) {
    await all(anOrder(id, status, awaitsTeam));
    await all(aLine(id, 3));
  }
});
afterAll(async () => {
  await shop.close();
});

describe('a shop that is older than freight', () => {
  it('has charged none, knows what its buyers have bought alone, and what that cost alone', async () => {
    await migrate('up');
    expect(await all('SELECT SUM(freight_minor) AS freight FROM orders')).toEqual([{ freight: '0' }]);
    expect(await all('SELECT units FROM sku_buyer')).toEqual([{ units: 6 }]);
    expect(await all('SELECT COUNT(*) AS count FROM order_line WHERE single_price_minor = 100')).toEqual([
      { count: '5' },
    ]);
    expect(await all("SELECT single_price_minor FROM order_line WHERE order_id LIKE 'team%'")).toEqual([
      { single_price_minor: null },
    ]);
    // What must hold is said of the newest shop.
    await migrateBetween(shop, [FreightAndLimits, RefundByLine], 'up');
    for (const { sql } of CHECKOUT) expect(await all(sql)).toEqual([]);
    await migrateBetween(shop, [FreightAndLimits, RefundByLine], 'down');
  });

  it('can go back and come again', async () => {
    await migrate('down');
    await migrate('up');
    expect(await all('SELECT units FROM sku_buyer')).toEqual([{ units: 6 }]);
  });

  it('cannot go back once freight was charged, because nothing would explain it, and stays whole', async () => {
    await all("UPDATE orders SET payable_minor = 400, freight_minor = 100 WHERE id LIKE 'alone%'");
    await expect(migrate('down')).rejects.toThrow('Freight was charged');
    expect(await all('SELECT units FROM sku_buyer')).toEqual([{ units: 6 }]);
  });
});
