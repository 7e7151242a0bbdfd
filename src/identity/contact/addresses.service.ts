import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull, Not } from 'typeorm';
import {
  Consents,
  idBytes,
  Idempotency,
  notFound,
  PERSONAL_PAGE,
  refuse,
  type Sealed,
  Transactor,
  Vault,
} from '#common';
import { deleteOld, OLD_ROWS_KEPT_DAYS } from '#jobs';
import type { UserId } from '../user.entity.js';
import { lockedBook, ownIn, settleDefault } from './address-book.js';
import { Address, ADDRESS_SEALS, type AddressId } from './address.entity.js';
import type { AddressAddInput, AddressChangeInput } from './address.inputs.js';
import { TooManyAddresses } from './address.refusals.js';
import { type AddressContents, ADDRESSES_MAX, changedContents, contentsOf, contentsText } from './address.rules.js';
import type { DeliveryAddressInput } from './delivery-address.input.js';

/** Longer than the key of a repeated request is remembered, so that each leads to its address. */
export const REMOVED_ADDRESSES_KEPT_DAYS = 2 * OLD_ROWS_KEPT_DAYS;

/** The address books of people. Every change of one holds the lock of its person, so its addresses can be counted. */
@Injectable()
export class AddressesService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly idempotency: Idempotency,
    private readonly vault: Vault,
    private readonly consents: Consents,
  ) {}

  /** Somebody's addresses: the default, then the newest first. */
  of(userId: UserId): Promise<Address[]> {
    const where = { userId, removedAt: IsNull() };
    return this.source.manager.find(Address, { where, order: { isDefault: 'DESC', id: 'DESC' } });
  }

  /**
   * Adds an address; the first becomes the default.
   *
   * @throws Refused with ConsentMissing or TooManyAddresses; RequestError NOT_FOUND if it was added under this key before and removed since
   */
  async add(userId: UserId, input: AddressAddInput): Promise<Address> {
    const { idempotencyKey: key, address, label = null, isDefault } = input;
    const added = await this.idempotency.once(Address, { actorId: userId, key, input }, async (db, id) => {
      const book = await lockedBook(db, userId);
      await this.consents.require(db, userId, 'ADDRESS_BOOK');
      if (book.length >= ADDRESSES_MAX) refuse(new TooManyAddresses(ADDRESSES_MAX));
      const contents = this.#seal(id, { label, address });
      const entry = db.create(Address, { id, userId, contents, isDefault: false, removedAt: null });
      await db.insert(Address, entry);
      await settleDefault(db, [entry, ...book], isDefault ? id : null);
      return db.findOneByOrFail(Address, { id });
    });
    if (added.removedAt) throw notFound('input.idempotencyKey');
    return added;
  }

  /**
   * Changes what is given and leaves the rest; orders that went there before keep what they were told. Asking again changes nothing.
   *
   * @throws RequestError NOT_FOUND if it is unknown, removed or somebody else’s
   */
  change(userId: UserId, { addressId, ...change }: AddressChangeInput): Promise<Address> {
    return this.transactor.run(async (db) => {
      const entry = ownIn(await lockedBook(db, userId), addressId);
      const contents = this.#seal(addressId, changedContents(this.contentsOf(entry), change));
      await db.update(Address, { id: addressId }, { contents });
      return db.merge(Address, entry, { contents });
    });
  }

  /**
   * Makes an address the default in place of the one that was. Asking again changes nothing.
   *
   * @throws RequestError NOT_FOUND if it is unknown, removed or somebody else’s
   */
  makeDefault(userId: UserId, id: AddressId): Promise<Address> {
    return this.transactor.run(async (db) => {
      const book = await lockedBook(db, userId);
      ownIn(book, id);
      await settleDefault(db, book, id);
      return db.findOneByOrFail(Address, { id });
    });
  }

  /**
   * Removes an address and forgets what it said; if it was the default, the newest of the others is from now on.
   *
   * @returns false if it had been removed before, in the last fourteen days
   * @throws RequestError NOT_FOUND if it is unknown or somebody else’s
   */
  remove(userId: UserId, id: AddressId): Promise<boolean> {
    return this.transactor.run(async (db) => {
      const book = await lockedBook(db, userId);
      if (await db.existsBy(Address, { id, userId, removedAt: Not(IsNull()) })) return false;
      ownIn(book, id);
      await db.update(Address, { id }, { contents: null, isDefault: false, removedAt: () => 'NOW(3)' });
      const others = book.filter((entry) => entry.id !== id);
      await settleDefault(db, others, null);
      return true;
    });
  }

  /**
   * What an order is told of an address of its buyer; as part of the caller's transaction.
   *
   * @throws RequestError NOT_FOUND, under the path of the input that named it, if it is unknown, removed or somebody else’s
   */
  async addressOf(db: EntityManager, userId: UserId, id: AddressId, path: string): Promise<DeliveryAddressInput> {
    const entry = await db.findOneBy(Address, { id, userId, removedAt: IsNull() });
    if (!entry) throw notFound(path);
    return this.contentsOf(entry).address;
  }

  /** What an address says, for nobody but the person whose it is. */
  contentsOf({ id, contents }: Address): AddressContents {
    assert(contents, 'a removed address says nothing');
    return contentsOf(this.vault.open(ADDRESS_SEALS.contents, id, contents));
  }

  /** Removes all that a person has, whose account the caller has locked; nothing of what they said is left. */
  async removeAll(db: EntityManager, userId: UserId): Promise<void> {
    const removed = { contents: null, isDefault: false, removedAt: () => 'NOW(3)' };
    await db.update(Address, { userId, removedAt: IsNull() }, removed);
  }

  /** Erases the rows of a person, at most a page of them. Returns how many. */
  async erase(db: EntityManager, userId: UserId): Promise<number> {
    const statement = `DELETE FROM address WHERE user_id = ? LIMIT ${PERSONAL_PAGE}`;
    return (await db.query<{ affectedRows: number }>(statement, [idBytes(userId)])).affectedRows;
  }

  /** Forgets the addresses that were removed more than fourteen days ago, a page to a statement. */
  purge(): Promise<void> {
    return deleteOld(this.source, `address WHERE removed_at < NOW(3) - INTERVAL ${REMOVED_ADDRESSES_KEPT_DAYS} DAY`);
  }

  #seal(id: AddressId, contents: AddressContents): Sealed {
    return this.vault.seal(ADDRESS_SEALS.contents, id, contentsText(contents));
  }
}
