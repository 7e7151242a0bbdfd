import type { EntityManager } from 'typeorm';
import { idBytes, idFromBytes } from '#common';
import { User, type UserId } from './user.entity.js';
import { unauthenticated } from './viewer.js';

/** Whether the person has erased the account. */
export function hasLeft({ status }: Pick<User, 'status'>): boolean {
  return status === 'ERASING' || status === 'ERASED';
}

/**
 * Locks a person’s account alone, for whatever changes what it holds; see `holdAccount` for what many may do at once.
 *
 * @throws RequestError UNAUTHENTICATED if the account is being erased
 */
export async function lockAccount(db: EntityManager, id: UserId): Promise<void> {
  const user = await db.findOneOrFail(User, {
    select: { id: true, status: true },
    where: { id },
    lock: { mode: 'pessimistic_write' },
  });
  if (hasLeft(user)) throw unauthenticated();
}

/** Whether the person still has an account; if so it is not erased before the caller’s transaction ends. Many may hold it at once. */
export async function keepsAccount(db: EntityManager, id: UserId): Promise<boolean> {
  // The words that both MariaDB and MySQL know.
  const [user] = await db.query<Pick<User, 'status'>[]>('SELECT status FROM user WHERE id = ? LOCK IN SHARE MODE', [
    idBytes(id),
  ]);
  return user !== undefined && !hasLeft(user);
}

/**
 * Holds a person’s account for whatever makes something new for it, so that nothing is begun in the name of somebody who is gone.
 *
 * @throws RequestError UNAUTHENTICATED if the account has been erased since the request was let in
 */
export async function holdAccount(db: EntityManager, id: UserId): Promise<void> {
  if (!(await keepsAccount(db, id))) throw unauthenticated();
}

/** Locks a person alone; whether they may use the shop, neither disabled nor gone. */
export async function lockIfActive(db: EntityManager, id: UserId): Promise<boolean> {
  const lock = { mode: 'pessimistic_write' } as const;
  const user = await db.findOne(User, { select: { id: true, status: true }, where: { id }, lock });
  return user?.status === 'ACTIVE';
}

/** Those of some people who may use the shop; they are neither disabled nor erased before the caller’s transaction ends. */
export async function activeAmong(db: EntityManager, ids: readonly UserId[]): Promise<ReadonlySet<UserId>> {
  if (ids.length === 0) return new Set();
  const rows = await db.query<{ id: Buffer }[]>(
    "SELECT id FROM user WHERE id IN (?) AND status = 'ACTIVE' ORDER BY id LOCK IN SHARE MODE",
    [ids.map(idBytes)],
  );
  return new Set(rows.map(({ id }) => idFromBytes('user', id)));
}
