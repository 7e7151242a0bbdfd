import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mysql, { type Connection } from 'mysql2/promise';
import { User } from '#identity';
import { checkKeys, checkServer, faultsOf } from '../../src/boot-checks.js';
import { Lifetime } from '../../src/cli/machine/lifetime.mjs';
import { type Server, serverOf } from '../cli/database-server.js';
import { createDatabase } from '../support/database.js';
import { aUser, vaultOf } from '../support/people.js';
import { connect, migratedDatabase } from './migrated-database.js';

const SOUND = {
  version: '10.11.6-MariaDB',
  read_only: 'OFF',
  innodb_flush_log_at_trx_commit: '1',
  sync_binlog: '1',
  log_bin: 'ON',
  binlog_format: 'ROW',
  default_storage_engine: 'InnoDB',
  autocommit: 'ON',
  character_set_database: 'utf8mb4',
  sql_mode: 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION',
};
type Settings = Partial<Record<keyof typeof SOUND, string>>;

const faults = (settings: Settings): string[] => faultsOf(new Map(Object.entries({ ...SOUND, ...settings })));

describe('a database server', () => {
  // prettier-ignore
  it.each<[why: string, settings: Settings]>([
    ['it keeps every promise',                          {}],
    ['it is MySQL',                                     { version: '8.4.3' }],
    ['it is a newer MySQL',                             { version: '9.1.0' }],
    ['it is a newer MariaDB',                           { version: '11.4.2-MariaDB-ubu2404' }],
    ['its binary log is MIXED',                         { binlog_format: 'MIXED' }],
    ['it has no binary log, so how it is kept is all one', { log_bin: 'OFF', sync_binlog: '0', binlog_format: 'STATEMENT' }],
    ['it is strict with all tables',                    { sql_mode: 'STRICT_ALL_TABLES' }],
  ])('is accepted if %s', (_why, settings) => {
    expect(faults(settings)).toEqual([]);
  });

  // prettier-ignore
  it.each<[setting: keyof typeof SOUND, value: string]>([
    ['version',                        '10.6.18-MariaDB'],
    ['version',                        '8.0.40'],
    ['version',                        '8.0.11-TiDB-v8.5.0'],
    ['read_only',                      'ON'],
    ['innodb_flush_log_at_trx_commit', '2'],
    ['innodb_flush_log_at_trx_commit', '0'],
    ['sync_binlog',                    '0'],
    ['sync_binlog',                    '100'],
    ['binlog_format',                  'STATEMENT'],
    ['default_storage_engine',         'MyISAM'],
    ['autocommit',                     'OFF'],
    ['character_set_database',         'latin1'],
    ['character_set_database',         'utf8mb3'],
    ['sql_mode',                       'NO_ENGINE_SUBSTITUTION'],
    ['sql_mode',                       ''],
  ])('is refused, and told why, if %s is %p', (setting, value) => {
    expect(faults({ [setting]: value })).toEqual([expect.stringContaining(`${setting} is ${value}: must be`)]);
  });

  it('with several faults is told all of them', () => {
    expect(faults({ sync_binlog: '0', sql_mode: '' })).toHaveLength(2);
  });

  it('that tells nothing is not believed', () => {
    expect(faultsOf(new Map())[0]).toMatch(/^version is unknown: must be/);
    expect(faultsOf(new Map())).toHaveLength(8);
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

describe('a real server with a binary log', () => {
  const lifetime = new Lifetime();
  let server: Server;
  let admin: Connection;

  beforeAll(async () => {
    server = await serverOf(lifetime, '--log-bin', '--sync-binlog=1', '--binlog-format=ROW');
    admin = await mysql.createConnection(server.url(''));
    await admin.query('CREATE DATABASE shop CHARACTER SET utf8mb4');
  });

  afterAll(async () => {
    await admin.end();
    await lifetime.end();
  });

  /** The message, empty if there is nothing to say. */
  async function complaint(): Promise<string> {
    const source = await connect(server.url('shop'), 1);
    const message = await checkServer(source).then(
      () => '',
      (error: unknown) => (error as Error).message,
    );
    await source.destroy();
    return message;
  }

  it('passes', async () => {
    await expect(complaint()).resolves.toBe('');
  });

  // prettier-ignore
  it.each<[setting: string, wrong: string | number, right: string | number, shown: string]>([
    ['read_only',                      1,           0,                     'ON'],
    ['innodb_flush_log_at_trx_commit', 2,           1,                     '2'],
    ['sync_binlog',                    0,           1,                     '0'],
    ['binlog_format',                  'STATEMENT', 'ROW',                 'STATEMENT'],
    ['default_storage_engine',         'MyISAM',    'InnoDB',              'MyISAM'],
    ['autocommit',                     0,           1,                     'OFF'],
    ['sql_mode',                       '',          'STRICT_TRANS_TABLES', ''],
  ])('is refused while its %s is %p, and for nothing else', async (setting, wrong, right, shown) => {
    await admin.query(`SET GLOBAL ${setting} = ?`, [wrong]);
    const message = await complaint();
    await admin.query(`SET GLOBAL ${setting} = ?`, [right]);
    const [heading, ...found] = message.split('\n');
    expect(heading).toBe('This database server cannot be trusted with money:');
    expect(found).toEqual([expect.stringContaining(`  - ${setting} is ${shown}: must be`)]);
    await expect(complaint()).resolves.toBe('');
  });
});
