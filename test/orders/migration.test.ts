import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import * as migrations from '../../migrations/index.js';
import { type OlderShop, shopBefore } from '../support/older-shop.js';

const { OrdersGoSomewhere1795316400000: OrdersGoSomewhere } = migrations;

let shop: OlderShop;
let source: DataSource;

/** A shop from before, with one order in it. */
beforeAll(async () => {
  shop = await shopBefore(OrdersGoSomewhere);
  ({ source } = shop);
  await source.query(anOrder('old'));
});
afterAll(async () => {
  await shop.close();
});

const anOrder = (id: string): string =>
  `INSERT INTO orders (id, checkout_id, buyer_id, supplier_id, status, awaits_team, hold, payable_minor, currency, placed_at)
   VALUES ('${id}', 'c', 'b', 's', 'TO_FULFIL', FALSE, 1, 1000, 'CNY', NOW(3))`;

describe('a shop that is older than addresses', () => {
  it('keeps its orders, which say nothing of where they go and live on, and takes no new one like them', async () => {
    const runner = source.createQueryRunner();
    await new OrdersGoSomewhere().up(runner);
    await runner.release();
    expect(await source.query('SELECT delivery, status FROM orders')).toEqual([
      { delivery: null, status: 'TO_FULFIL' },
    ]);
    await expect(source.query(anOrder('new'))).rejects.toThrow('a new order must say where it goes');
    await source.query("UPDATE orders SET status = 'SHIPPED'");
    expect(await source.query('SELECT COUNT(*) AS moves FROM status_move')).toEqual([{ moves: '1' }]);
  });

  it('can go back', async () => {
    const runner = source.createQueryRunner();
    await new OrdersGoSomewhere().down(runner);
    await source.query(anOrder('new'));
    await new OrdersGoSomewhere().up(runner);
    await runner.release();
    expect(await source.query('SELECT delivery FROM orders')).toEqual([{ delivery: null }, { delivery: null }]);
  });
});
