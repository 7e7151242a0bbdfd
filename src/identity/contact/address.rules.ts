import assert from 'node:assert/strict';
import type { Address, AddressId } from './address.entity.js';
import type { DeliveryAddressInput } from './delivery-address.input.js';

/** Enough for a family, its offices and its friends, and few enough for one page. */
export const ADDRESSES_MAX = 20;
export const LABEL_CHARACTERS_MAX = 20;

/** What an address of the address book says. */
export interface AddressContents {
  readonly label: string | null;
  readonly address: DeliveryAddressInput;
}

/** What a row keeps, once it is unsealed. A later shape gets the next version; rows of this one stay as they are. */
interface StoredContents extends AddressContents {
  readonly version: number;
}

/** What an address says, as the one text that is sealed. */
export function contentsText({ label, address }: AddressContents): string {
  return JSON.stringify({ version: 1, label, address } satisfies StoredContents);
}

/** What `contentsText` has written. */
export function contentsOf(text: string): AddressContents {
  const { version, label, address } = JSON.parse(text) as StoredContents;
  assert(version === 1, `nobody can read version ${String(version)} of an address`);
  return { label, address };
}

export interface ContentsChange {
  readonly label?: string | null;
  readonly address?: DeliveryAddressInput | null;
}

/** What an address says after a change: what is left out stays, a label that is null goes. */
export function changedContents(contents: AddressContents, { label, address }: ContentsChange): AddressContents {
  return { label: label === undefined ? contents.label : label, address: address ?? contents.address };
}

/**
 * Which address of a book is the default: the one that is wished for, else the one that is, else the newest; null of an empty book.
 *
 * @param book newest first
 */
export function defaultOf(
  book: readonly Pick<Address, 'id' | 'isDefault'>[],
  wished: AddressId | null,
): AddressId | null {
  const chosen = book.find(({ id }) => id === wished) ?? book.find(({ isDefault }) => isDefault) ?? book[0];
  return chosen?.id ?? null;
}
