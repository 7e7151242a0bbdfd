import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WatchInvariants1795341600000 as WatchInvariants } from '../../migrations/index.js';
import { type OlderShop, shopBefore } from '../support/older-shop.js';

let shop: OlderShop;

/** A shop from before, with work in it. */
beforeAll(async () => {
  shop = await shopBefore(WatchInvariants);
  await shop.source.query("INSERT INTO job (name, args, run_at) VALUES ('x', '{}', NOW(3))");
});
afterAll(async () => {
  await shop.close();
});

async function tables(): Promise<string[]> {
  const rows = await shop.source.query<{ name: string }[]>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name LIKE 'invariant%' ORDER BY 1",
  );
  return rows.map(({ name }) => name);
}

describe('a shop that nobody has looked at', () => {
  it('gets a place for what is found, and loses it by going back, and nothing else', async () => {
    const runner = shop.source.createQueryRunner();
    const migration = new WatchInvariants();
    await migration.up(runner);
    expect(await tables()).toEqual(['invariant_incident', 'invariant_run', 'invariant_verdict']);
    await migration.down(runner);
    expect(await tables()).toEqual([]);
    await migration.up(runner);
    await runner.release();
    expect(await shop.source.query('SELECT name, status FROM job')).toEqual([{ name: 'x', status: 'READY' }]);
  });

  it('has one open incident of each kind at most, and any number that are over', async () => {
    const add = (name: string, closedAt: string | null): Promise<unknown> =>
      shop.source.query(
        "INSERT INTO invariant_incident (name, first_seen_at, last_seen_at, closed_at, broken_rows, samples) VALUES (?, NOW(3), NOW(3), ?, 1, '[]')",
        [name, closedAt],
      );
    await add('a', '2026-01-01');
    await add('a', '2026-01-01');
    await add('a', null);
    await add('b', null);
    await expect(add('a', null)).rejects.toThrow('Duplicate');
  });
});
