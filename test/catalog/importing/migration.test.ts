import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as migrations from '../../../migrations/index.js';
import { type OlderShop, shopBefore } from '../../support/older-shop.js';

const { ImportTheCatalogue1795444000000: ImportTheCatalogue } = migrations;

let shop: OlderShop;

beforeAll(async () => {
  shop = await shopBefore(ImportTheCatalogue);
});
afterAll(async () => {
  await shop.close();
});

async function migrate(way: 'up' | 'down'): Promise<void> {
  const runner = shop.source.createQueryRunner();
  await new ImportTheCatalogue()[way](runner);
  await runner.release();
}
const rows = (sql: string): Promise<unknown[]> => shop.source.query(sql);

const INDEXES = `SELECT index_name, column_name FROM information_schema.statistics
  WHERE table_schema = DATABASE() AND table_name = 'product' ORDER BY index_name, seq_in_index`;

describe('a shop that goes back to before files of products', () => {
  it('keeps its goods, and nothing that only files need', async () => {
    await rows("INSERT INTO supplier (id, name) VALUES ('s', '果园')");
    const before = await rows(INDEXES);
    await migrate('up');
    await rows(`INSERT INTO catalog_import (id, status, makes_missing, lines_total, mistakes_total, lines_applied, lines_failed, applied_through, started_by)
                VALUES ('i', 'READY', FALSE, 1, 0, 0, 0, 0, 'command:test')`);
    await rows("UPDATE catalog_import SET status = 'CANCELLED'");
    await rows(
      "INSERT INTO idempotency (actor_id, idempotency_key, request_hash, result_id) SELECT 's', 'k', REPEAT('x', 32), id FROM catalog_import",
    );
    await rows("INSERT INTO job (name, args, run_at) VALUES ('catalog.applyImport', '{}', NOW(3))");
    await migrate('down');
    for (const left of ['idempotency', 'job', 'status_move']) expect(await rows(`SELECT 1 FROM ${left}`)).toEqual([]);
    expect(await rows("SHOW TABLES LIKE 'catalog_import%'")).toEqual([]);
    expect(await rows('SELECT name FROM supplier')).toEqual([{ name: '果园' }]);
    expect(await rows(INDEXES)).toEqual(before);
    await migrate('up');
  });
});
