import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource, EntityManager } from 'typeorm';
import { Idempotency, newId, OutcomeUnknown, Transactor } from '#common';
import { User, type UserId } from '#identity';
import { type Break, type CommitCutter, cutCommits } from '../support/commit-cutter.js';
import { aUser, vaultOf } from '../support/people.js';
import { connect, type MigratedDatabase, migratedDatabase } from './migrated-database.js';

let database: MigratedDatabase;
let cutter: CommitCutter;
let source: DataSource;

beforeAll(async () => {
  database = await migratedDatabase();
  cutter = await cutCommits(database.url);
  source = await connect(cutter.url);
});
afterAll(async () => {
  await source.destroy();
  await cutter.close();
  await database.close();
});
afterEach(async () => {
  await database.source.query('DELETE FROM user');
});

async function enrol(db: EntityManager, id: UserId = newId('user')): Promise<User> {
  const user = db.create(User, aUser({ id }));
  await db.insert(User, user);
  return user;
}
const enrolled = (): Promise<number> => database.source.manager.count(User);

// prettier-ignore
const BREAKS: [where: Break, stored: number][] = [
  ['BEFORE_THE_SERVER', 0],
  ['BEFORE_THE_ANSWER', 1],
];

describe('a connection that breaks at COMMIT', () => {
  it.each(BREAKS)(
    '%s leaves the outcome unknown: it is not tried again, and %d rows are there',
    async (where, stored) => {
      let tries = 0;
      cutter.arm(where);
      const attempt = new Transactor(source).run((db) => {
        tries += 1;
        return enrol(db);
      });
      await expect(attempt).rejects.toThrow(OutcomeUnknown);
      expect(tries).toBe(1);
      expect(await enrolled()).toBe(stored);
    },
  );

  it.each(BREAKS)('%s is resolved by the stored key: the answer comes, and there is one row', async (where, stored) => {
    const calls: UserId[] = [];
    const attempt = { actorId: newId('user'), key: `broken-${where}`, input: { wish: 'one' } };
    const once = (): Promise<User> =>
      new Idempotency(new Transactor(source), vaultOf()).once(User, attempt, (db, id) => {
        calls.push(id);
        return enrol(db, id);
      });

    cutter.arm(where);
    const answer = await once();
    const repeated = await once();

    expect(await enrolled()).toBe(1);
    expect(await database.source.manager.findOneBy(User, { id: answer.id })).toEqual(answer);
    expect(repeated).toEqual(answer);
    expect(calls).toHaveLength(2 - stored);
  });
});
