import { type DataSource, IsNull, Not } from 'typeorm';
import type { Vault } from '#common';
import { User, USER_SEALS } from '#identity';

/** What is wrong with the database, or with its address, and what to do. No stack is shown: nothing in the code is to blame. */
export class UnfitDatabase extends Error {}

interface Requirement {
  readonly variable: string;
  readonly isMet: (value: string, all: ServerVariables) => boolean;
  readonly why: string;
}

/** Names and values as SHOW VARIABLES tells them. */
export type ServerVariables = ReadonlyMap<string, string>;

/** What the SQL was written for: the oldest releases that are still kept up for years (both are long-term support). */
const OLDEST = { MariaDB: [10, 11], MySQL: [8, 4] } as const;

const REQUIREMENTS: readonly Requirement[] = [
  {
    variable: 'version',
    isMet: isNewEnough,
    why: 'must be MariaDB 10.11 or later, or MySQL 8.4 or later',
  },
  {
    variable: 'read_only',
    isMet: (value) => value === 'OFF',
    why: 'must be OFF: this is a replica, or has been closed to writers; name the server that takes writes',
  },
  {
    variable: 'innodb_flush_log_at_trx_commit',
    isMet: (value) => value === '1',
    why: 'must be 1, or a committed payment can be lost with the server',
  },
  {
    variable: 'sync_binlog',
    isMet: (value, all) => value === '1' || all.get('log_bin') === 'OFF',
    why: 'must be 1 while the binary log is on, or a committed payment can be lost with the server',
  },
  {
    variable: 'binlog_format',
    isMet: (value, all) => value !== 'STATEMENT' || all.get('log_bin') === 'OFF',
    why: 'must be ROW or MIXED: READ COMMITTED cannot be logged by statement',
  },
  {
    variable: 'default_storage_engine',
    isMet: (value) => value === 'InnoDB',
    why: 'must be InnoDB, or what fails halfway is not undone',
  },
  {
    variable: 'autocommit',
    isMet: (value) => value === 'ON',
    why: 'must be ON, or what is written outside a transaction is lost',
  },
  {
    variable: 'character_set_database',
    isMet: (value) => value === 'utf8mb4',
    why: 'must be utf8mb4, or 苹果 and 🍎 cannot be stored; ALTER DATABASE … CHARACTER SET utf8mb4 changes it',
  },
  {
    variable: 'sql_mode',
    isMet: (value) => /STRICT_(ALL|TRANS)_TABLES/.test(value),
    why: 'must be strict, or amounts that do not fit are stored wrong in silence',
  },
];

function isNewEnough(version: string): boolean {
  const [oldestMajor, oldestMinor] = OLDEST[version.includes('MariaDB') ? 'MariaDB' : 'MySQL'];
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** Each promise that a server of these variables does not keep, with what it must be and why. */
export function faultsOf(all: ServerVariables): string[] {
  const broken = REQUIREMENTS.filter(({ variable, isMet }) => !isMet(all.get(variable) ?? '', all));
  return broken.map(({ variable, why }) => `${variable} is ${all.get(variable) ?? 'unknown'}: ${why}`);
}

/**
 * Makes sure that the database server keeps the promises that money needs.
 *
 * @throws UnfitDatabase that names everything that does not
 */
export async function checkServer(source: DataSource): Promise<void> {
  const faults = faultsOf(await readVariables(source));
  if (faults.length === 0) return;
  throw new UnfitDatabase(
    ['This database server cannot be trusted with money:', ...faults.map((fault) => `  - ${fault}`)].join('\n'),
  );
}

async function readVariables(source: DataSource): Promise<ServerVariables> {
  const rows = await source.query<{ Variable_name: string; Value: string }[]>(
    'SHOW VARIABLES WHERE Variable_name IN (?)',
    [[...REQUIREMENTS.map(({ variable }) => variable), 'log_bin']],
  );
  // Our own sessions are strict because they say so; the server must be, for whoever else writes to the database.
  const [{ sqlMode }] = await source.query<[{ sqlMode: string }]>('SELECT @@GLOBAL.sql_mode AS sqlMode');
  return new Map([...rows.map(({ Variable_name, Value }) => [Variable_name, Value] as const), ['sql_mode', sqlMode]]);
}

/**
 * Makes sure that the keys are those of this database. With another index key nobody would be recognised: each login would make a new person,
 * without the orders of the old one.
 *
 * @throws SealBroken or Error that names the setting
 */
export async function checkKeys(source: DataSource, vault: Vault): Promise<void> {
  const [newest] = await source.manager.find(User, {
    where: { openid: Not(IsNull()) },
    order: { id: 'DESC' },
    take: 1,
  });
  if (!newest?.openid || !newest.openidIndex) return;
  const openid = vault.open(USER_SEALS.openid, newest.id, newest.openid);
  if (vault.blindIndex(USER_SEALS.openid, openid).equals(newest.openidIndex)) return;
  throw new Error('DATA_INDEX_KEY is not the one that this database was written with: nobody would be recognised');
}
