import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { commandLineOf } from '../../src/cli/machine/process-table.mjs';
import { filesIn } from '../../src/cli/machine/data-directory.mjs';
import { runningDatabaseUrl, startDatabase } from '../../src/cli/machine/database.mjs';
import { Lifetime } from '../../src/cli/machine/lifetime.mjs';
import { startPrivateServer } from '../../src/cli/machine/private-server.mjs';
import { ensureServerBinary, type ServerBinary } from '../../src/cli/machine/server-binary.mjs';
import { lifetimeOfTest, temporaryDirectory } from './support.js';

let binary: ServerBinary;
let home: string;

beforeAll(async () => {
  home = await temporaryDirectory();
  binary = await ensureServerBinary(lifetimeOfTest());
});

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const connection = await createConnection(url);
  try {
    const [rows] = await connection.query<RowDataPacket[]>(sql);
    return rows;
  } finally {
    await connection.end();
  }
}

const pidIn = async (directory: string): Promise<number> => Number(await readFile(filesIn(directory).pid, 'utf8'));

describe('a private server', () => {
  it('is durable, strict, reads all of Unicode, keeps UTC, and keeps what it was given', async () => {
    const directory = join(home, 'kept');
    const first = await startPrivateServer(lifetimeOfTest(), binary, directory);
    const [settings] = await query(
      first.url,
      `SELECT @@innodb_flush_log_at_trx_commit AS flushesEachCommit, @@innodb_doublewrite AS writesTwice, @@log_bin AS writesBinlog,
              @@sql_mode AS mode, @@character_set_server AS letters, @@collation_server AS collation, @@time_zone AS zone,
              @@collation_database AS ofDatabase`,
    );
    expect(settings).toMatchObject({
      flushesEachCommit: 1,
      writesTwice: expect.anything(),
      writesBinlog: 0,
      mode: expect.stringContaining('STRICT_ALL_TABLES'),
      letters: 'utf8mb4',
      collation: 'utf8mb4_unicode_520_ci',
      zone: '+00:00',
      ofDatabase: 'utf8mb4_unicode_520_ci',
    });
    await query(first.url, `CREATE TABLE fruit (name VARCHAR(16))`);
    await query(first.url, `INSERT INTO fruit VALUES ('苹果🍎')`);
    await first.stop();

    const second = await startPrivateServer(lifetimeOfTest(), binary, directory);
    await expect(query(second.url, 'SELECT name FROM fruit')).resolves.toEqual([{ name: '苹果🍎' }]);
  });

  it('lets nobody in without the password, and keeps it from other users', async () => {
    const directory = join(home, 'closed');
    const { url } = await startPrivateServer(lifetimeOfTest(), binary, directory);
    const { port } = new URL(url);
    for (const account of ['root', 'haotuan', 'root:wrong']) {
      await expect(query(`mysql://${account}@127.0.0.1:${port}/`, 'SELECT 1')).rejects.toThrow(/denied/);
    }
    for (const file of [filesIn(directory).account, filesIn(directory).initialSql]) {
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    }
  });

  it('gives its account other databases only if asked to', async () => {
    const closed = await startPrivateServer(lifetimeOfTest(), binary, join(home, 'closed'));
    await expect(query(closed.url, 'CREATE DATABASE other')).rejects.toThrow(/denied/);
    const open = await startPrivateServer(lifetimeOfTest(), binary, join(home, 'kept'), { grants: '*.*' });
    await expect(query(open.url, 'CREATE DATABASE other')).resolves.toBeDefined();
  });

  it('takes the place of one that a killed command left running', async () => {
    const directory = join(home, 'kept');
    // The killed command's server, started as it was and by nobody who would stop it.
    const killed = new Lifetime();
    const { died } = await startPrivateServer(killed, binary, directory);
    const left = await pidIn(directory);

    const { url } = await startPrivateServer(lifetimeOfTest(), binary, directory);
    await expect(died).rejects.toThrow(/stopped by itself/);
    await expect(query(url, 'SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
    expect(await pidIn(directory)).not.toBe(left);
    await killed.end();
  });

  it('leaves another program alone that was given the id of a dead one', async () => {
    const directory = join(home, 'kept');
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1_000)'], { stdio: 'ignore' });
    await writeFile(filesIn(directory).pid, String(bystander.pid));
    await startPrivateServer(lifetimeOfTest(), binary, directory);
    expect(bystander.exitCode).toBeNull();
    bystander.kill();
    await once(bystander, 'exit');
  });

  it('is gone when its command ends', async () => {
    const directory = join(home, 'kept');
    const lifetime = new Lifetime();
    await startPrivateServer(lifetime, binary, directory);
    const pid = await pidIn(directory);
    await lifetime.end();
    expect(commandLineOf(pid)).toBeUndefined();
  });

  it('does not touch files of a newer server', async () => {
    const newer: ServerBinary = { ...binary, version: [binary.version[0] + 1, 0] };
    const directory = join(home, 'newer');
    const { stop } = await startPrivateServer(lifetimeOfTest(), newer, directory);
    await stop();
    await expect(startPrivateServer(lifetimeOfTest(), binary, directory)).rejects.toThrow(
      /was made by .* may not read it/,
    );
  });

  it('says why it does not start', async () => {
    const directory = join(home, 'broken');
    const { stop } = await startPrivateServer(lifetimeOfTest(), binary, directory);
    await stop();
    await writeFile(join(filesIn(directory).data, 'ibdata1'), 'no tablespace');
    await expect(startPrivateServer(lifetimeOfTest(), binary, directory)).rejects.toThrow(/did not start.*ibdata1/s);
  });

  it('is found by other commands while it runs', async () => {
    const lifetime = new Lifetime();
    const { url } = await startDatabase(lifetime, join(home, 'data'));
    await expect(runningDatabaseUrl(join(home, 'data'))).resolves.toBe(url);
    await lifetime.end();
    await expect(runningDatabaseUrl(join(home, 'data'))).rejects.toThrow(/npm run up/);
  });
});
