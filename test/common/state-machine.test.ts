import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { move, moveAll, stateMachine, tryMove } from '#common';
import { User } from '#identity';
import { aUser } from '../support/people.js';
import { type MigratedDatabase, migratedDatabase } from './migrated-database.js';

/** A life that ends: whoever is disabled stays so. */
const life = stateMachine<User['status']>({ ACTIVE: ['DISABLED'], DISABLED: [], ERASING: [], ERASED: [] });

describe('a life cycle', () => {
  it('allows what it names, and nothing follows a terminal state', () => {
    expect(life.allows('ACTIVE', 'DISABLED')).toBe(true);
    expect(life.allows('DISABLED', 'ACTIVE')).toBe(false);
    expect(life.allows('ACTIVE', 'ACTIVE')).toBe(false);
    expect([life.isTerminal('ACTIVE'), life.isTerminal('DISABLED')]).toEqual([false, true]);
  });
});

/** Something that changes with a move. */
const [ONE, TWO] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];

describe('moving a row', () => {
  let database: MigratedDatabase;
  beforeAll(async () => {
    database = await migratedDatabase();
  });
  afterAll(async () => {
    await database.close();
  });

  const someone = async (): Promise<User> => {
    const { manager } = database.source;
    const user = manager.create(User, aUser());
    await manager.insert(User, user);
    return user;
  };
  const stored = (user: User): Promise<User> => database.source.manager.findOneByOrFail(User, { id: user.id });

  it('changes table and memory alike', async () => {
    const user = await someone();
    await move(database.source.manager, User, life, user, 'DISABLED', { unionidIndex: ONE });
    expect(user).toMatchObject({ status: 'DISABLED', unionidIndex: ONE });
    expect(await stored(user)).toMatchObject({ status: 'DISABLED', unionidIndex: ONE });
  });

  it('that somebody else has moved changes nothing', async () => {
    const user = await someone();
    const seenBefore = Object.assign(new User(), user);
    await move(database.source.manager, User, life, user, 'DISABLED');

    expect(await tryMove(database.source.manager, User, life, seenBefore, 'DISABLED', { unionidIndex: TWO })).toBe(
      false,
    );
    await expect(move(database.source.manager, User, life, seenBefore, 'DISABLED')).rejects.toThrow(
      'is no longer ACTIVE',
    );
    expect(seenBefore.status).toBe('ACTIVE');
    expect((await stored(user)).unionidIndex).toBeNull();
  });

  it('beside one that somebody else has moved is a bug, and nobody is told that it has moved', async () => {
    const [one, other] = [await someone(), await someone()];
    const seenBefore = Object.assign(new User(), other);
    await move(database.source.manager, User, life, other, 'DISABLED');

    const moving = database.source.transaction((db) => moveAll(db, User, life, [one, seenBefore], 'DISABLED'));
    await expect(moving).rejects.toThrow('only 1 of 2 rows were still ACTIVE');
    expect([one.status, seenBefore.status, (await stored(one)).status]).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE']);
  });

  it('in a way that its life does not know is a bug, not a write', async () => {
    const user = await someone();
    await move(database.source.manager, User, life, user, 'DISABLED');
    await expect(move(database.source.manager, User, life, user, 'ACTIVE')).rejects.toThrow(
      'cannot go from DISABLED to ACTIVE',
    );
    expect((await stored(user)).status).toBe('DISABLED');
  });
});
