import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as migrations from '../../migrations/index.js';
import { type OlderShop, shopBefore } from '../support/older-shop.js';

const { RefundByLine1795445000000: RefundByLine } = migrations;

let shop: OlderShop;

/** A shop from before refunds by line: a line of which something is shipped, and goods of it that came back. */
beforeAll(async () => {
  shop = await shopBefore(RefundByLine);
  await shop.source.query(
    `INSERT INTO orders (id, checkout_id, buyer_id, supplier_id, status, awaits_team, hold, payable_minor, currency, placed_at, delivery)
     VALUES ('o', 'c', 'b', 's', 'TO_FULFIL', FALSE, 1, 1500, 'CNY', '2026-01-01', REPEAT('x', 40))`,
  );
  await shop.source.query(
    `INSERT INTO order_line (id, order_id, sku_id, title, quantity, shipped_quantity, unit_price_minor, amount_minor)
     VALUES ('l', 'o', 'k', 't', 3, 1, 500, 1500)`,
  );
  for (const kind of ['RESERVE', 'COMMIT', 'RETURN']) await move(kind);
});
afterAll(async () => {
  await shop.close();
});

function move(kind: string): Promise<unknown> {
  return shop.source.query("INSERT INTO stock_move (sku_id, order_id, kind, quantity) VALUES ('k', 'o', ?, 1)", [kind]);
}

async function run(way: 'up' | 'down'): Promise<void> {
  const runner = shop.source.createQueryRunner();
  await new RefundByLine()[way](runner);
  await runner.release();
}

describe('a shop that is older than refunds by line', () => {
  it('lets goods come back once before, and in parts after; all else happens once still', async () => {
    await expect(move('RETURN')).rejects.toThrow('stock_move_once');
    await run('up');
    await move('RETURN');
    await expect(move('COMMIT')).rejects.toThrow('Duplicate');
    await expect(move('RESERVE')).rejects.toThrow('stock_move_once');
  });

  it.each([
    ['shipped_quantity = 4', 'order_line_shipped'],
    ['cancelled_quantity = 3', 'order_line_shipped'],
    ['cancelled_quantity = 2', 'order_line_refunding'],
    ['refunding_quantity = 4', 'order_line_refunding'],
    ['restocked_quantity = 2', 'order_line_restocked'],
    ['refunding_minor = 1501', 'order_line_refunding_amount'],
  ])('keeps a line from %s', async (change, constraint) => {
    await expect(shop.source.query(`UPDATE order_line SET ${change}`)).rejects.toThrow(constraint);
  });

  it('can go back while nothing came back in two steps, and forth again', async () => {
    await shop.source.query('DROP TRIGGER stock_move_no_delete');
    await shop.source.query("DELETE FROM stock_move WHERE kind = 'RETURN' LIMIT 1");
    await run('down');
    expect(await shop.source.query("SHOW TABLES LIKE 'refund_line'")).toEqual([]);
    expect(await shop.source.query('SELECT shipped_quantity FROM order_line')).toEqual([{ shipped_quantity: 1 }]);
    await expect(shop.source.query('UPDATE order_line SET shipped_quantity = 4')).rejects.toThrow('order_line_shipped');
    await expect(move('RETURN')).rejects.toThrow('stock_move_once');
    await run('up');
    expect(await shop.source.query('SELECT cancelled_quantity FROM order_line')).toEqual([{ cancelled_quantity: 0 }]);
  });
});
