import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import mysql, { type Connection } from 'mysql2/promise';
import { freePort } from '../../src/cli/machine/environment.mjs';
import { Lifetime } from '../../src/cli/machine/lifetime.mjs';
import { type Server, serverOf } from './database-server.js';
import { ANOTHER_MACHINE, processesOf, Run, twoPorts } from './run.js';
import { temporaryDirectory } from './support.js';

const lifetime = new Lifetime();
let server: Server;
let admin: Connection;
/** One with all the wrong settings. */
let distrusted: Server;

beforeAll(async () => {
  server = await serverOf(lifetime, '--sql-mode=STRICT_ALL_TABLES');
  admin = await mysql.createConnection(server.url(''));
  await admin.query('CREATE DATABASE shop CHARACTER SET utf8mb4');
  distrusted = await serverOf(
    lifetime,
    // It gives itself out for an older one; the rest is real.
    '--version=10.6.18-MariaDB',
    '--read-only',
    '--innodb-flush-log-at-trx-commit=2',
    '--log-bin',
    '--binlog-format=STATEMENT',
    '--sync-binlog=0',
    '--default-storage-engine=MyISAM',
    '--sql-mode=',
    '--character-set-server=latin1',
  );
  const maker = await mysql.createConnection(distrusted.url(''));
  await maker.query('CREATE DATABASE shop');
  await maker.end();
});

afterAll(async () => {
  await admin.end();
  await lifetime.end();
});

/** A start on somebody's database, on a machine that has no server itself and nowhere to install one from. */
async function upOn(DATABASE_URL: string): Promise<Run> {
  const directory = join(await temporaryDirectory(), 'data');
  const INSTALLED = join(directory, 'never');
  const env = { ...(await twoPorts()), ...ANOTHER_MACHINE, INSTALLED, DATABASE_URL };
  return Run.start({ directory, command: 'up.mjs', env });
}

it('starts everything else on the database that DATABASE_URL names, and leaves that running', async () => {
  const run = await upOn(server.url('shop'));
  await run.says(/^ready http/m);
  expect(run.output).toContain('The database is the one that DATABASE_URL names.');
  expect(run.output).not.toMatch(/private database|Starting the database|Installing/);
  const running = (await processesOf(run.directory)).map(({ commandLine }) => commandLine).join('\n');
  expect(running).not.toMatch(/mariadbd|mysqld/);
  run.kill('SIGINT');
  await expect(run.exitCode).resolves.toBe(0);
  await expect(processesOf(run.directory)).resolves.toEqual([]);
  await expect(admin.query('SELECT COUNT(*) FROM shop.sku')).resolves.toBeDefined();
});

// prettier-ignore
it.each<[why: string, url: () => Promise<string> | string, message: RegExp]>([
  ['nothing listens there', async () => `mysql://shop:secret@127.0.0.1:${await freePort()}/shop`,
    /^DATABASE_URL: Nothing listens at 127\.0\.0\.1:\d+\. Start the database server, or correct HOST and port\.$/],
  ['the server cannot be trusted with money', () => distrusted.url('shop'),
    /^This database server cannot be trusted with money:(\n {2}- \w+ is .*: must .*){8}$/],
])('says in one message what is wrong and what to do, and starts nothing, when %s', async (_, url, message) => {
  const run = await upOn(await url());
  await expect(run.exitCode).resolves.toBe(1);
  await expect(processesOf(run.directory)).resolves.toEqual([]);
  expect(run.output).not.toMatch(/emulator|worker|^ +at /m);
  const [, complaint] = /\nmigrate failed \(exit code 1\):\n([^]*)$/.exec(run.output) ?? [];
  expect(complaint?.trim()).toMatch(message);
});
