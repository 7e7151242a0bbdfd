import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { idBytes, Idempotency, newId, refuse, Transactor } from '#common';
import { User, type UserId } from '#identity';
import { UserDisabled } from '../../src/identity/identity.refusals.js';
import { aUser, vaultOf } from '../support/people.js';
import { until } from '../support/sound.js';
import { gate } from './gate.js';
import { type MigratedDatabase, migratedDatabase } from './migrated-database.js';

let database: MigratedDatabase;
let idempotency: Idempotency;

beforeAll(async () => {
  database = await migratedDatabase();
  idempotency = new Idempotency(new Transactor(database.source), vaultOf());
});
afterAll(async () => {
  await database.close();
});

async function enrol(db: EntityManager, id: UserId): Promise<User> {
  const user = db.create(User, aUser({ id }));
  await db.insert(User, user);
  return user;
}
const exists = (id: UserId): Promise<boolean> => database.source.manager.existsBy(User, { id });

/** One attempt of somebody new. */
const attempt = (input: object = { wish: 'one' }) => ({ actorId: newId('user'), key: 'the-same-key', input });

describe('a repetition', () => {
  it('gets the same object, as it stands now, and nothing is done again', async () => {
    const asked = attempt();
    const first = await idempotency.once(User, asked, enrol);
    await database.source.manager.update(User, { id: first.id }, { status: 'DISABLED' });

    const second = await idempotency.once(User, asked, () => Promise.reject(new Error('done twice')));

    expect(second).toEqual({ ...first, status: 'DISABLED' });
  });

  it('is known by its meaning, not by the order of its fields', async () => {
    const asked = attempt({ a: 1, b: { c: 2, d: [1, 2] } });
    const first = await idempotency.once(User, asked, enrol);
    const second = await idempotency.once(User, { ...asked, input: { b: { d: [1, 2], c: 2 }, a: 1 } }, enrol);
    expect(second.id).toBe(first.id);
  });

  // prettier-ignore
  it.each<[what: string, input: object]>([
    ['another value',     { a: 2, b: [1, 2] }],
    ['another order of a list', { a: 1, b: [2, 1] }],
    ['one field more',    { a: 1, b: [1, 2], c: null }],
    ['one field fewer',   { a: 1 }],
    ['a text for a number', { a: '1', b: [1, 2] }],
  ])('with %s is a conflict that names the key, and does nothing', async (_what, input) => {
    const asked = attempt({ a: 1, b: [1, 2] });
    await idempotency.once(User, asked, enrol);
    const made: UserId[] = [];

    const again = idempotency.once(User, { ...asked, input }, (db, id) => {
      made.push(id);
      return enrol(db, id);
    });

    await expect(again).rejects.toMatchObject({ code: 'CONFLICT', mistakes: [{ path: 'input.idempotencyKey' }] });
    expect(made).toEqual([]);
  });

  it('by somebody else is not a repetition', async () => {
    const first = await idempotency.once(User, attempt(), enrol);
    const second = await idempotency.once(User, attempt(), enrol);
    expect(second.id).not.toBe(first.id);
  });
});

describe('what is kept of a request', () => {
  const ofPhone = (): object => ({ phone: '13812345678' });
  const plainHash = createHash('sha256')
    .update(JSON.stringify(['User', ofPhone()]))
    .digest();
  const storedFor = async (actorId: UserId): Promise<Buffer> => {
    const [row] = await database.source.query<[{ request_hash: Buffer }]>(
      'SELECT request_hash FROM idempotency WHERE actor_id = ?',
      [idBytes(actorId)],
    );
    return row.request_hash;
  };

  it('is a keyed hash, by which nobody without the key can guess what was asked', async () => {
    const asked = attempt(ofPhone());
    await idempotency.once(User, asked, enrol);
    const stored = await storedFor(asked.actorId);
    expect(stored).not.toEqual(plainHash);
    const otherKey = vaultOf({ ...process.env, DATA_INDEX_KEY: 'x'.repeat(43) });
    const elsewhere = new Idempotency(new Transactor(database.source), otherKey);
    const same = { ...asked, actorId: newId('user') };
    await elsewhere.once(User, same, enrol);
    expect(await storedFor(same.actorId)).not.toEqual(stored);
  });

  it('was a plain hash once: such a request is a conflict when it is repeated, and is not done twice', async () => {
    const asked = attempt(ofPhone());
    await idempotency.once(User, asked, enrol);
    await database.source.query('UPDATE idempotency SET request_hash = ? WHERE actor_id = ?', [
      plainHash,
      idBytes(asked.actorId),
    ]);
    const again = idempotency.once(User, asked, () => Promise.reject(new Error('done twice')));
    await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('a refusal', () => {
  it('is not remembered, so the same attempt may succeed later', async () => {
    const asked = attempt();
    const refused: UserId[] = [];
    const first = idempotency.once(User, asked, async (db, id) => {
      refused.push(id);
      await enrol(db, id);
      return refuse(new UserDisabled());
    });
    await expect(first).rejects.toThrow('UserDisabled');
    expect(await exists(refused[0]!)).toBe(false);

    const second = await idempotency.once(User, asked, enrol);
    expect(await exists(second.id)).toBe(true);
  });
});

describe('the same attempt, sent twice at once', () => {
  it('is done once, and both get the same answer', async () => {
    const asked = attempt();
    let done = 0;
    const copies = Array.from({ length: 8 }, () =>
      idempotency.once(User, asked, (db, id) => {
        done += 1;
        return enrol(db, id);
      }),
    );
    const answers = await Promise.all(copies);
    expect(done).toBe(1);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  });

  it('lets the second in when the first rolls back', async () => {
    const asked = attempt();
    const holding = gate();
    const mayFail = gate();
    const first = idempotency.once(User, asked, async () => {
      holding.open();
      await mayFail.opened;
      throw new Error('the first one fails');
    });
    await holding.opened;
    const second = idempotency.once(User, asked, enrol);
    await until(isSomebodyWaiting, 'the second one waits for the key');
    mayFail.open();

    await expect(first).rejects.toThrow('the first one fails');
    expect(await exists((await second).id)).toBe(true);
  });
});

async function isSomebodyWaiting(): Promise<boolean> {
  const [row] = await database.source.query<[{ waiting: string | number }]>(
    "SELECT COUNT(*) AS waiting FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE 'INSERT INTO idempotency%'",
  );
  return Number(row.waiting) > 0;
}
