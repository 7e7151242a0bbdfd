import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as migrations from '../../migrations/index.js';
import { type OlderShop, shopBefore } from '../support/older-shop.js';

const { ShipParcels1795440000000: ShipParcels } = migrations;

let shop: OlderShop;

/** A shop from before parcels: an order to fulfil, one without a history, and one that was refunded. */
beforeAll(async () => {
  shop = await shopBefore(ShipParcels);
  const order = (id: string, status: string): Promise<unknown> =>
    shop.source.query(
      `INSERT INTO orders (id, checkout_id, buyer_id, supplier_id, status, awaits_team, hold, payable_minor, currency, placed_at, delivery)
       VALUES (?, 'c', 'b', 's', ?, FALSE, 1, 1000, 'CNY', '2026-01-01', REPEAT('x', 40))`,
      [id, status],
    );
  await order('moved', 'PAID');
  await order('ancient', 'TO_FULFIL');
  await order('refunded', 'TO_FULFIL');
  await shop.source.query("UPDATE orders SET status = 'TO_FULFIL' WHERE status = 'PAID'");
  await shop.source.query("UPDATE orders SET status = 'REFUNDED' WHERE id = RPAD('refunded', 16, '\\0')");
  await shop.source.query("UPDATE status_move SET moved_at = '2026-02-02'");
  await shop.source.query(
    "INSERT INTO order_line (id, order_id, sku_id, title, quantity, unit_price_minor, amount_minor) VALUES ('l', 'moved', 'k', 't', 2, 500, 1000)",
  );
});
afterAll(async () => {
  await shop.close();
});

async function run(way: 'up' | 'down'): Promise<void> {
  const runner = shop.source.createQueryRunner();
  await new ShipParcels()[way](runner);
  await runner.release();
}

describe('a shop that is older than parcels', () => {
  it('knows since when its orders are to be shipped, as far as it can, and of the others says nothing', async () => {
    await run('up');
    const rows = await shop.source.query<object[]>(
      "SELECT REPLACE(CAST(id AS CHAR), '\\0', '') AS id, status, to_fulfil_at, due_at, receive_by, received_at FROM orders ORDER BY id",
    );
    const nothing = { receive_by: null, received_at: null };
    const placed = new Date('2026-01-01T00:00:00Z');
    const moved = new Date('2026-02-02T00:00:00Z');
    expect(rows).toEqual([
      { id: 'ancient', status: 'TO_FULFIL', to_fulfil_at: placed, due_at: placed, ...nothing },
      { id: 'moved', status: 'TO_FULFIL', to_fulfil_at: moved, due_at: moved, ...nothing },
      { id: 'refunded', status: 'REFUNDED', to_fulfil_at: null, due_at: null, ...nothing },
    ]);
    expect(await shop.source.query('SELECT shipped_quantity FROM order_line')).toEqual([{ shipped_quantity: 0 }]);
    await expect(shop.source.query('UPDATE order_line SET shipped_quantity = 3')).rejects.toThrow('order_line_shipped');
  });

  it('can go back, and forth again', async () => {
    await run('down');
    expect(await shop.source.query("SHOW TABLES LIKE 'parcel%'")).toEqual([]);
    expect(await shop.source.query("SHOW COLUMNS FROM orders LIKE 'receive%'")).toEqual([]);
    await run('up');
    expect(await shop.source.query('SELECT COUNT(*) AS orders FROM orders WHERE to_fulfil_at IS NOT NULL')).toEqual([
      { orders: '2' },
    ]);
  });
});
