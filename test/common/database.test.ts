import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/sound.js';
import { meeting } from './gate.js';
import { connect } from './migrated-database.js';

const POOL_SIZE = 6;

let database: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await createDatabase();
  source = await connect(database.url, POOL_SIZE);
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

/** Asks every connection of the pool the same, all of them at once. */
async function askAll<Row>(sql: string): Promise<Row[]> {
  const allTaken = meeting(POOL_SIZE);
  const ask = async (): Promise<Row> => {
    const runner = source.createQueryRunner();
    await runner.connect();
    await allTaken();
    try {
      const [row] = (await runner.query(sql)) as [Row];
      return row;
    } finally {
      await runner.release();
    }
  };
  return Promise.all(Array.from({ length: POOL_SIZE }, ask));
}

describe('every connection of the pool', () => {
  it('is set up before its first use: READ COMMITTED, UTC, strict, utf8mb4, short lock waits', async () => {
    const [isolation] = await source.query<[{ Variable_name: string }]>(
      "SHOW VARIABLES WHERE Variable_name IN ('transaction_isolation', 'tx_isolation')",
    );
    const connections = await askAll<Record<string, unknown>>(
      `SELECT CONNECTION_ID() AS id, @@session.${isolation.Variable_name} AS isolation, @@session.time_zone AS zone,
              @@session.sql_mode AS modes, CAST(@@session.innodb_lock_wait_timeout AS CHAR) AS lock_wait_seconds,
              @@session.character_set_client AS charset, @@session.collation_connection AS collation`,
    );
    expect(new Set(connections.map(({ id }) => id)).size).toBe(POOL_SIZE);
    for (const connection of connections) {
      expect(connection).toMatchObject({
        isolation: 'READ-COMMITTED',
        zone: '+00:00',
        modes: expect.stringContaining('STRICT_ALL_TABLES'),
        lock_wait_seconds: '5',
        charset: 'utf8mb4',
        collation: 'utf8mb4_unicode_520_ci',
      });
    }
  });

  it('is set up again after it was lost', async () => {
    const isReachable = (): Promise<boolean> =>
      askAll('SELECT 1').then(
        () => true,
        () => false,
      );
    const [{ id }] = await source.query<[{ id: number }]>('SELECT CONNECTION_ID() AS id');
    await source.query(`KILL ${id}`).catch(() => undefined);
    await until(isReachable, 'the pool has noticed');
    const zones = await askAll<{ zone: string }>('SELECT @@session.time_zone AS zone');
    expect(zones).toEqual(Array.from({ length: POOL_SIZE }, () => ({ zone: '+00:00' })));
  });

  it('keeps an instant to the millisecond, whatever the zone of this machine', async () => {
    const at = new Date('2026-02-28T23:59:59.987Z');
    const [row] = await source.query<[{ at: Date; text: string }]>(
      'SELECT CAST(? AS DATETIME(3)) AS at, CAST(CAST(? AS DATETIME(3)) AS CHAR) AS text',
      [at, at],
    );
    expect(row).toEqual({ at, text: '2026-02-28 23:59:59.987' });
  });

  it('refuses what does not fit instead of storing it wrong', async () => {
    await source.query('CREATE TABLE narrow (amount TINYINT, name CHAR(2), at DATE)');
    for (const values of ["(128, 'ab', NULL)", "(1, 'abc', NULL)", "(1, 'ab', '2026-02-30')", '(1 / 0, NULL, NULL)']) {
      await expect(source.query(`INSERT INTO narrow VALUES ${values}`)).rejects.toThrow();
    }
    expect(await source.query('SELECT * FROM narrow')).toEqual([]);
  });
});
