import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource, type QueryRunner } from 'typeorm';
import { type Id, idBytes, newId, SealBroken } from '#common';
import { User, USER_SEALS, type UserId } from '#identity';
import * as migrations from '../../migrations/index.js';
import { sealPeople, unsealPeople } from '../../migrations/seal-people.js';
import { databaseOptions } from '../../src/database.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { vaultOf } from '../support/people.js';

const PLAIN_ENDS = 1_795_305_600_000;
const PEOPLE = 501; // More than a page.

interface Person {
  readonly id: UserId;
  readonly openid: string;
  readonly unionid: string | null;
}

let database: TestDatabase;
let before: DataSource;
let after: DataSource;

const timeOf = ({ name }: { name: string }): number => Number(name.slice(-13));
const sourceWith = (some: (typeof migrations)[keyof typeof migrations][]): Promise<DataSource> =>
  new DataSource({
    ...databaseOptions({ DATABASE_URL: database.url, DATABASE_POOL_SIZE: 2 }),
    migrations: some,
  }).initialize();

beforeEach(async () => {
  database = await createDatabase();
  before = await sourceWith(Object.values(migrations).filter((each) => timeOf(each) < PLAIN_ENDS));
  await before.runMigrations({ transaction: 'none' });
  after = await sourceWith(Object.values(migrations));
});
afterEach(async () => {
  await Promise.all([before.destroy(), after.destroy()]);
  await database.drop();
});

/** People as they stood before anything was sealed. */
async function settled(count: number): Promise<Person[]> {
  const people = Array.from({ length: count }, (_, number): Person => {
    const id: UserId = newId('user');
    return { id, openid: `openid-of-${number}`, unionid: number % 2 === 0 ? `unionid-of-${number}` : null };
  });
  await before.query('INSERT INTO user (id, openid, unionid, status) VALUES ?', [
    people.map(({ id, openid, unionid }, number) => [
      idBytes(id),
      openid,
      unionid,
      number === 0 ? 'DISABLED' : 'ACTIVE',
    ]),
  ]);
  return people;
}

async function expectSealed(people: readonly Person[]): Promise<void> {
  const vault = vaultOf();
  const select = { id: true, openid: true, openidIndex: true, unionid: true, unionidIndex: true, sessionKey: true };
  const rows = await after.manager.find(User, { select });
  const found = new Map(rows.map((row) => [row.id, row]));
  expect(rows).toHaveLength(people.length);
  for (const { id, openid, unionid } of people) {
    const user = found.get(id)!;
    expect(vault.open(USER_SEALS.openid, id, user.openid!)).toBe(openid);
    expect(user.openidIndex).toEqual(vault.blindIndex(USER_SEALS.openid, openid));
    expect(user.unionid && vault.open(USER_SEALS.unionid, id, user.unionid)).toBe(unionid);
    expect(user.unionidIndex).toEqual(unionid === null ? null : vault.blindIndex(USER_SEALS.unionid, unionid));
    expect(user.sessionKey).toBeNull();
  }
}

async function withRunner<Result>(work: (runner: QueryRunner) => Promise<Result>): Promise<Result> {
  const runner = after.createQueryRunner();
  try {
    return await work(runner);
  } finally {
    await runner.release();
  }
}

describe('bringing a database with people in it up to date', () => {
  it('seals them all, and keeps nothing of them in plain', async () => {
    const people = await settled(PEOPLE);
    await after.runMigrations({ transaction: 'none' });
    await expectSealed(people);
    const columns = await after.query<{ name: string }[]>(
      "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'user'",
    );
    expect(columns.map(({ name }) => name).filter((name) => name.includes('plain'))).toEqual([]);
    const rows = JSON.stringify(
      await after.query('SELECT CONVERT(openid USING latin1), CONVERT(unionid USING latin1) FROM user'),
    );
    expect(rows).not.toMatch(/openid-of|unionid-of/);
  });

  it('without keys says which are missing, changes nobody, and goes on once they are there', async () => {
    const people = await settled(3);
    const environment = { ...process.env };
    delete process.env['DATA_KEYS'];
    delete process.env['DATA_INDEX_KEY'];
    try {
      await expect(after.runMigrations({ transaction: 'none' })).rejects.toThrow(/DATA_KEYS.*DATA_INDEX_KEY/);
    } finally {
      Object.assign(process.env, environment);
    }
    const plain = await after.query<{ openid_plain: string }[]>('SELECT openid_plain FROM user WHERE openid IS NULL');
    expect(plain.map(({ openid_plain }) => openid_plain).toSorted()).toEqual(people.map(({ openid }) => openid));
    await after.runMigrations({ transaction: 'none' });
    await expectSealed(people);
  });

  it('needs no keys where nobody is', async () => {
    await withRunner(async (runner) => {
      await new migrations.MakeRoomForSeals1795305600000().up(runner);
      await sealPeople(runner, {});
    });
  });

  it('cut short in the middle goes on where it stopped', async () => {
    const people = await settled(5);
    await withRunner(async (runner) => {
      await new migrations.MakeRoomForSeals1795305600000().up(runner);
      await sealPeople(runner, process.env);
      const seals = await runner.query('SELECT openid FROM user ORDER BY id LIMIT 2');
      await runner.query('UPDATE user SET openid = NULL, openid_index = NULL ORDER BY id DESC LIMIT 3');
      await sealPeople(runner, process.env);
      expect(await runner.query('SELECT openid FROM user ORDER BY id LIMIT 2')).toEqual(seals);
      await new migrations.DropPlainPeople1795305602000().up(runner);
    });
    await expectSealed(people);
  });

  it('can be taken back, and people are as they were', async () => {
    const people = await settled(3);
    const rows = await before.query('SELECT * FROM user ORDER BY id');
    await after.runMigrations({ transaction: 'none' });
    await withRunner((runner) => new migrations.CreatePrivacy1795354000000().down(runner));
    await withRunner((runner) => new migrations.ReachPeople1795343000000().down(runner));
    await withRunner((runner) => new migrations.NameAndBlockPeople1795312800000().down(runner));
    await withRunner((runner) => new migrations.DropPlainPeople1795305602000().down(runner));
    await withRunner((runner) => unsealPeople(runner, process.env));
    await withRunner((runner) => new migrations.MakeRoomForSeals1795305600000().down(runner));
    expect(people).toHaveLength(3);
    expect(await before.query('SELECT * FROM user ORDER BY id')).toEqual(rows);
  });

  it('gives sessions the time they began, and those who were disabled before a change that says so', async () => {
    const [disabled] = await settled(1);
    const id: Id<'session'> = newId('session');
    const startedAt = parseInt(idBytes(id).subarray(0, 6).toString('hex'), 16);
    await before.query(
      `INSERT INTO session (id, user_id, login_code_hash, refresh_hash, rotated_at, expires_at)
       VALUES (?, ?, '1', '2', '2030-01-01', '2030-02-01')`,
      [idBytes(id), idBytes(disabled!.id)],
    );
    await after.runMigrations({ transaction: 'none' });
    expect(await after.query('SELECT started_at FROM session')).toEqual([{ started_at: new Date(startedAt) }]);
    expect(await after.query('SELECT subject_id, kind FROM audit_entry')).toEqual([
      { subject_id: idBytes(disabled!.id), kind: 'identity.userDisabled' },
    ]);
  });
});

describe('a sealed column', () => {
  beforeEach(async () => {
    await settled(2);
    await after.runMigrations({ transaction: 'none' });
  });

  it('takes no plain openid: neither from our code nor from SQL', async () => {
    const plain = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' as unknown as User['openid'];
    const [user] = await after.manager.find(User);
    await expect(after.manager.update(User, { id: user!.id }, { openid: plain })).rejects.toThrow(
      'only a sealed value',
    );
    await expect(after.query('UPDATE user SET openid = ?', [plain])).rejects.toThrow('user_openid_sealed');
    await expect(after.query('UPDATE user SET unionid = ?', [plain])).rejects.toThrow('user_unionid_sealed');
    await expect(after.query('UPDATE user SET session_key = ?', ['tiihtNczf5v6AKRyjwEUhQ=='])).rejects.toThrow(
      'user_session_key_sealed',
    );
    await expect(after.query('UPDATE user SET nickname = ?', ['桂花糕阿婆'])).rejects.toThrow('user_nickname_sealed');
  });

  it('gives nothing away to somebody who copies one person’s seal to another', async () => {
    const [one, other] = await after.manager.find(User, { order: { id: 'ASC' } });
    await after.manager.update(User, { id: other!.id }, { openid: one!.openid });
    const { openid } = await after.manager.findOneByOrFail(User, { id: other!.id });
    expect(() => vaultOf().open(USER_SEALS.openid, other!.id, openid!)).toThrow(SealBroken);
  });
});
