import type { Contact, Entry, Person } from './people.js';
import { agrees } from './privacy.js';

const ADDRESSES_MAX = 20;

/** What adding an address is answered with. */
export function addingBy(person: Person): string {
  if (!agrees(person, 'ADDRESS_BOOK')) return 'ConsentMissing';
  return person.contact.book.length >= ADDRESSES_MAX ? 'TooManyAddresses' : 'Address';
}

/** The first address is the default, and whichever is wished for later. */
export function enter(contact: Contact, entry: Entry, isDefault: boolean): void {
  contact.book = [entry, ...contact.book];
  if (isDefault || contact.usual === null) contact.usual = entry;
}

/** Without the default, the newest of the others is it. */
export function strike(contact: Contact, entry: Entry): void {
  contact.book = contact.book.filter((each) => each !== entry);
  contact.removed.push(entry);
  if (contact.usual === entry) contact.usual = contact.book[0] ?? null;
}

/** The whole book is emptied. */
export function strikeAll(contact: Contact): void {
  contact.removed.push(...contact.book);
  Object.assign(contact, { book: [], usual: null });
}

/** Whether an address is in somebody's book. */
export function isIn({ contact: { book } }: Person, entry: Entry): boolean {
  return book.includes(entry);
}
