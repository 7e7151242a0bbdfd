import { type EntityManager, IsNull } from 'typeorm';
import { notFound } from '#common';
import { lockAccount } from '../account-standing.js';
import type { UserId } from '../user.entity.js';
import { Address, type AddressId } from './address.entity.js';
import { defaultOf } from './address.rules.js';

/**
 * Somebody's addresses, newest first, under the lock of their person.
 *
 * @throws RequestError UNAUTHENTICATED if the account is being erased
 */
export async function lockedBook(db: EntityManager, userId: UserId): Promise<Address[]> {
  await lockAccount(db, userId);
  return db.find(Address, { where: { userId, removedAt: IsNull() }, order: { id: 'DESC' } });
}

/** @throws RequestError NOT_FOUND if it is not in the book */
export function ownIn(book: readonly Address[], id: AddressId): Address {
  const entry = book.find((each) => each.id === id);
  if (!entry) throw notFound('input.addressId');
  return entry;
}

/** Lets exactly one address be the default. The one that was gives way first, because the database never sees two. */
export async function settleDefault(
  db: EntityManager,
  book: readonly Address[],
  wished: AddressId | null,
): Promise<void> {
  const id = defaultOf(book, wished);
  const former = book.find(({ isDefault }) => isDefault);
  if (id === null || former?.id === id) return;
  if (former) await db.update(Address, { id: former.id }, { isDefault: false });
  await db.update(Address, { id }, { isDefault: true });
}
