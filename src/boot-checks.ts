import type { DataSource } from 'typeorm';
import type { Vault } from '#common';
import { User, USER_SEALS } from '#identity';

interface Requirement {
  readonly variable: string;
  readonly isMet: (value: string, all: ReadonlyMap<string, string>) => boolean;
  readonly why: string;
}

const REQUIREMENTS: readonly Requirement[] = [
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
    variable: 'character_set_database',
    isMet: (value) => value === 'utf8mb4',
    why: 'must be utf8mb4, or 苹果 and 🍎 cannot be stored',
  },
  {
    variable: 'sql_mode',
    isMet: (value) => /STRICT_(ALL|TRANS)_TABLES/.test(value),
    why: 'must be strict, or amounts that do not fit are stored wrong in silence',
  },
];

/**
 * Makes sure that the database server keeps the promises that money needs.
 *
 * @throws Error that names every setting that does not
 */
export async function checkServer(source: DataSource): Promise<void> {
  const rows = await source.query<{ Variable_name: string; Value: string }[]>(
    'SHOW VARIABLES WHERE Variable_name IN (?)',
    [[...REQUIREMENTS.map(({ variable }) => variable), 'log_bin']],
  );
  const values = new Map(rows.map(({ Variable_name, Value }) => [Variable_name, Value]));
  const broken = REQUIREMENTS.filter(({ variable, isMet }) => !isMet(values.get(variable) ?? '', values));
  if (broken.length === 0) return;
  const list = broken.map(({ variable, why }) => `  - ${variable} is ${values.get(variable) ?? 'unknown'}: ${why}`);
  throw new Error(`This database server cannot be trusted with money:\n${list.join('\n')}`);
}

/**
 * Makes sure that the keys are those of this database. With another index key nobody would be recognised: each login would make a new person,
 * without the orders of the old one.
 *
 * @throws SealBroken or Error that names the setting
 */
export async function checkKeys(source: DataSource, vault: Vault): Promise<void> {
  const [newest] = await source.manager.find(User, { order: { id: 'DESC' }, take: 1 });
  if (!newest) return;
  const openid = vault.open(USER_SEALS.openid, newest.id, newest.openid);
  if (vault.blindIndex(USER_SEALS.openid, openid).equals(newest.openidIndex)) return;
  throw new Error('DATA_INDEX_KEY is not the one that this database was written with: nobody would be recognised');
}
