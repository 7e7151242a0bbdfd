import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';
import type { DataSource } from 'typeorm';
import { UnfitDatabase } from '../../src/boot-checks.js';
import { Lifetime } from '../../src/cli/machine/lifetime.mjs';
import { migrate } from '../../src/cli/migrate/migrate.js';
import { reach } from '../../src/cli/migrate/reach.js';
import { type Server, serverOf } from './database-server.js';

const lifetime = new Lifetime();
let server: Server;
let admin: Connection;

beforeAll(async () => {
  server = await serverOf(
    lifetime,
    '--log-bin',
    '--sync-binlog=1',
    '--binlog-format=ROW',
    '--sql-mode=STRICT_ALL_TABLES',
  );
  admin = await mysql.createConnection(server.url(''));
  await admin.query(`CREATE USER keeper IDENTIFIED BY 'keeper'`);
});

afterAll(async () => {
  await admin.end();
  await lifetime.end();
});

beforeEach(async () => {
  await admin.query('DROP DATABASE IF EXISTS shop');
  await admin.query('CREATE DATABASE shop CHARACTER SET utf8mb4');
  await admin.query('SET GLOBAL log_bin_trust_function_creators = 1');
  await admin.query('REVOKE ALL, GRANT OPTION FROM keeper');
});

async function tables(): Promise<string[]> {
  const [rows] = await admin.query<RowDataPacket[]>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'shop' ORDER BY 1`,
  );
  return rows.map(({ name }) => name as string);
}

/** Migrates as somebody, and gives what was told; the complaint is thrown. */
async function migrateAs(account: string): Promise<string[]> {
  const lines: string[] = [];
  const source: DataSource = await reach(server.url('shop', account));
  try {
    await migrate(source, (line) => lines.push(line));
  } finally {
    await source.destroy();
  }
  return lines;
}

it('brings an empty database up to date, tells each step, and has nothing to do the next time', async () => {
  await admin.query('GRANT ALL ON shop.* TO keeper');
  const lines = await migrateAs('keeper');
  expect(lines.length).toBeGreaterThan(7);
  expect(lines[0]).toMatch(/^migrated CreateCommon\d+$/);
  await expect(tables()).resolves.toEqual(expect.arrayContaining(['migrations', 'payment', 'team']));
  expect(await tables()).not.toContain('rights_parent');
  await expect(migrateAs('keeper')).resolves.toEqual([]);
});

it('needs no right to change tables when there is nothing to change', async () => {
  await migrateAs('admin');
  await admin.query('GRANT SELECT ON shop.* TO keeper');
  await expect(migrateAs('keeper')).resolves.toEqual([]);
});

describe('an account', () => {
  const NEEDED = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP', 'ALTER', 'INDEX', 'REFERENCES', 'TRIGGER'];

  it('with every right that is needed, and no other, may migrate', async () => {
    await admin.query(`GRANT ${NEEDED.join(', ')} ON shop.* TO keeper`);
    await expect(migrateAs('keeper')).resolves.not.toEqual([]);
  });

  // MariaDB does not ask for the right to REFERENCES; MySQL does.
  it.each(NEEDED.filter((right) => right !== 'REFERENCES'))(
    'without the right to %s is told so before anything is made',
    async (right) => {
      await admin.query(`GRANT ${NEEDED.filter((other) => other !== right).join(', ')} ON shop.* TO keeper`);
      await expect(migrateAs('keeper')).rejects.toThrow(
        new RegExp(
          `^The account lacks a right: ${right} command denied.*\\n  GRANT ALL ON shop\\.\\* TO 'keeper'@'%';$`,
        ),
      );
      await expect(tables()).resolves.toEqual([]);
    },
  );

  it('that may not make triggers because they would be logged is told which setting allows it', async () => {
    await admin.query('SET GLOBAL log_bin_trust_function_creators = 0');
    await admin.query('GRANT ALL ON shop.* TO keeper');
    await expect(migrateAs('keeper')).rejects.toThrow(
      `The server keeps a binary log and does not let 'keeper'@'%' make triggers. Somebody who may can allow it:\n` +
        '  SET GLOBAL log_bin_trust_function_creators = 1;',
    );
    await expect(tables()).resolves.toEqual([]);
  });
});

it('does not touch a server that cannot be trusted', async () => {
  await admin.query('SET GLOBAL innodb_flush_log_at_trx_commit = 2');
  await expect(migrateAs('admin')).rejects.toThrow(UnfitDatabase);
  await admin.query('SET GLOBAL innodb_flush_log_at_trx_commit = 1');
  await expect(tables()).resolves.toEqual([]);
});

it('leaves a database alone that a newer version of the code has migrated, and names what it does not know', async () => {
  await migrateAs('admin');
  await admin.query(`INSERT INTO shop.migrations (timestamp, name) VALUES (1900000000000, 'AddLeaders1900000000000')`);
  await admin.query(`DELETE FROM shop.migrations WHERE name LIKE 'CreateTeams%'`);
  const before = await tables();
  await expect(migrateAs('admin')).rejects.toThrow(
    'A newer version of this code has migrated the database: it has AddLeaders1900000000000, which this version does not know. ' +
      'Start that version, or use another database.',
  );
  await expect(tables()).resolves.toEqual(before);
});

it('names the migration that cannot go on where an earlier one was cut short', async () => {
  await admin.query('CREATE TABLE shop.job (id INT PRIMARY KEY)');
  await expect(migrateAs('admin')).rejects.toThrow(
    /^Migration CreateJobs\d+ failed: .*already exists\nWhat it did before that stays/,
  );
});

it('lets a second migration wait for the first', async () => {
  const races = await Promise.all([migrateAs('admin'), migrateAs('admin')]);
  const [later, earlier] = races
    .map((lines) => lines.filter((line) => line.startsWith('migrated')))
    .sort((a, b) => a.length - b.length);
  expect(later).toEqual([]);
  expect(earlier!.length).toBeGreaterThan(7);
});
