import { describe, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import type { DataSource } from 'typeorm';
import { User } from '#identity';
import { checkKeys, checkServer } from '../../src/boot-checks.js';
import { createDatabase } from '../support/database.js';
import { aUser, vaultOf } from '../support/people.js';
import { connect, migratedDatabase } from './migrated-database.js';

const SOUND = {
  innodb_flush_log_at_trx_commit: '1',
  sync_binlog: '1',
  log_bin: 'ON',
  binlog_format: 'ROW',
  character_set_database: 'utf8mb4',
  sql_mode: 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION',
};
type Settings = Partial<Record<keyof typeof SOUND, string>>;

/** A server of those settings, as SHOW VARIABLES tells them. */
function server(settings: Settings): DataSource {
  const rows = Object.entries({ ...SOUND, ...settings }).map(([name, value]) => ({
    Variable_name: name,
    Value: value,
  }));
  return { query: () => Promise.resolve(rows) } as unknown as DataSource;
}

describe('a database server', () => {
  // prettier-ignore
  it.each<[why: string, settings: Settings]>([
    ['it keeps every promise',                          {}],
    ['its binary log is MIXED',                         { binlog_format: 'MIXED' }],
    ['it has no binary log, so how it is kept is all one', { log_bin: 'OFF', sync_binlog: '0', binlog_format: 'STATEMENT' }],
    ['it is strict with all tables',                    { sql_mode: 'STRICT_ALL_TABLES' }],
  ])('is accepted if %s', async (_why, settings) => {
    await expect(checkServer(server(settings))).resolves.toBeUndefined();
  });

  // prettier-ignore
  it.each<[setting: keyof typeof SOUND, value: string]>([
    ['innodb_flush_log_at_trx_commit', '2'],
    ['innodb_flush_log_at_trx_commit', '0'],
    ['sync_binlog',                    '0'],
    ['sync_binlog',                    '100'],
    ['binlog_format',                  'STATEMENT'],
    ['character_set_database',         'latin1'],
    ['character_set_database',         'utf8mb3'],
    ['sql_mode',                       'NO_ENGINE_SUBSTITUTION'],
    ['sql_mode',                       ''],
  ])('is refused, and told why, if %s is %p', async (setting, value) => {
    await expect(checkServer(server({ [setting]: value }))).rejects.toThrow(`${setting} is ${value}: must be`);
  });

  it('with several faults is told all of them', async () => {
    const attempt = checkServer(server({ sync_binlog: '0', sql_mode: '' }));
    await expect(attempt).rejects.toThrow(/sync_binlog[^]*sql_mode/);
  });

  it('that tells nothing is not believed', async () => {
    const silent = { query: () => Promise.resolve([]) } as unknown as DataSource;
    await expect(checkServer(silent)).rejects.toThrow('innodb_flush_log_at_trx_commit is unknown');
  });

  it('that is real passes, but not with a database that cannot store 苹果', async () => {
    const database = await createDatabase();
    const sound = await connect(database.url);
    await expect(checkServer(sound)).resolves.toBeUndefined();
    await sound.destroy();

    const admin = await mysql.createConnection(database.url);
    await admin.query('ALTER DATABASE CHARACTER SET latin1');
    await admin.end();
    const narrow = await connect(database.url);
    await expect(checkServer(narrow)).rejects.toThrow('character_set_database is latin1');
    await narrow.destroy();
    await database.drop();
  });
});

describe('the keys of personal data', () => {
  const { DATA_KEYS } = process.env;
  const otherKey = 'x'.repeat(43);

  it('are accepted if the database was written with them, or if nobody is in it yet', async () => {
    const database = await migratedDatabase();
    const others = vaultOf({ DATA_KEYS: `1:${otherKey}`, DATA_INDEX_KEY: otherKey });
    await expect(checkKeys(database.source, others)).resolves.toBeUndefined();
    await database.source.manager.insert(User, aUser());
    await expect(checkKeys(database.source, vaultOf())).resolves.toBeUndefined();
    await database.close();
  });

  // prettier-ignore
  it.each<[what: string, environment: NodeJS.ProcessEnv, named: string]>([
    ['a key is missing',            { DATA_KEYS: `2:${otherKey}` },                        'DATA_KEYS has no key 1'],
    ['a key is another one',        { DATA_KEYS: `1:${otherKey}` },                        'user.openid'],
    ['the index key is another one', { DATA_KEYS, DATA_INDEX_KEY: otherKey },              'DATA_INDEX_KEY'],
  ])('are refused if %s, because nobody would be recognised', async (_what, environment, named) => {
    const database = await migratedDatabase();
    await database.source.manager.insert(User, [aUser(), aUser()]);
    await expect(checkKeys(database.source, vaultOf({ ...process.env, ...environment }))).rejects.toThrow(named);
    await database.close();
  });
});
