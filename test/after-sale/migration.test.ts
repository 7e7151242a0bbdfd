import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as migrations from '../../migrations/index.js';
import { type OlderShop, shopBefore } from '../support/older-shop.js';

const { CreateAfterSale1795445001000: CreateAfterSale } = migrations;

let shop: OlderShop;

/** A shop from before after-sale: an order of which one unit of three was given back before it was shipped. */
beforeAll(async () => {
  shop = await shopBefore(CreateAfterSale);
  await shop.source.query(
    `INSERT INTO orders (id, checkout_id, buyer_id, supplier_id, status, awaits_team, hold, payable_minor, currency, placed_at, delivery)
     VALUES ('o', 'c', 'b', 's', 'TO_FULFIL', FALSE, 1, 1500, 'CNY', '2026-01-01', REPEAT('x', 40))`,
  );
  await shop.source.query(
    `INSERT INTO order_line (id, order_id, sku_id, title, quantity, shipped_quantity, cancelled_quantity, refunding_quantity, unit_price_minor, amount_minor)
     VALUES ('l', 'o', 'k', 't', 3, 1, 1, 1, 500, 1500)`,
  );
});
afterAll(async () => {
  await shop.close();
});

async function run(way: 'up' | 'down'): Promise<void> {
  const runner = shop.source.createQueryRunner();
  await new CreateAfterSale()[way](runner);
  await runner.release();
}

describe('a shop that is older than after-sale', () => {
  it('has no cases, and counts none', async () => {
    await run('up');
    expect(await shop.source.query('SELECT open_after_sales FROM orders')).toEqual([{ open_after_sales: 0 }]);
    expect(await shop.source.query('SELECT claimed_quantity, withheld_quantity FROM order_line')).toEqual([
      { claimed_quantity: 0, withheld_quantity: 0 },
    ]);
  });

  it.each([
    ['order_line SET claimed_quantity = 3', 'order_line_claimed'],
    ['order_line SET claimed_quantity = 2, withheld_quantity = 2', 'order_line_shipped'],
    ['order_line SET withheld_quantity = 1', 'order_line_withheld'],
    ['orders SET open_after_sales = -1', 'orders_open_after_sales'],
  ])('keeps itself from UPDATE %s', async (change, constraint) => {
    await expect(shop.source.query(`UPDATE ${change}`)).rejects.toThrow(constraint);
  });

  it('can go back, and forth again', async () => {
    await run('down');
    expect(await shop.source.query("SHOW TABLES LIKE 'after_sale%'")).toEqual([]);
    expect(await shop.source.query("SHOW COLUMNS FROM image LIKE 'is_kept'")).toEqual([]);
    await expect(shop.source.query('UPDATE order_line SET shipped_quantity = 3')).rejects.toThrow('order_line_shipped');
    await run('up');
    expect(await shop.source.query('SELECT open_after_sales FROM orders')).toEqual([{ open_after_sales: 0 }]);
  });
});
