import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import * as migrations from '../../migrations/index.js';
import { databaseOptions } from '../../src/database.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

const { OrdersGoSomewhere1795316400000: OrdersGoSomewhere } = migrations;

let database: TestDatabase;
let source: DataSource;

/** A shop from before, with one order in it. */
beforeAll(async () => {
  database = await createDatabase();
  const earlier = Object.values(migrations).filter(({ name }) => Number(name.slice(-13)) < 1_795_316_400_000);
  source = await new DataSource({
    ...databaseOptions({ DATABASE_URL: database.url, DATABASE_POOL_SIZE: 2 }),
    migrations: earlier,
  }).initialize();
  await source.runMigrations({ transaction: 'none' });
  await source.query(anOrder('old'));
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
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
