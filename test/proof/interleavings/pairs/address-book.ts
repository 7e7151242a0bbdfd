import { randomUUID } from 'node:crypto';
import { type AddressId, ADDRESSES_MAX, AddressesService, type UserId } from '#identity';
import { ConsentsService, versionOf } from '#privacy';
import { aDelivery } from '../../../support/deliveries.js';
import type { Ground } from '../ground.js';
import type { Pair } from '../pair.js';

interface Book {
  readonly person: UserId;
  readonly book: AddressesService;
  /** Oldest first; the first is the default. */
  readonly ids: readonly AddressId[];
}

/** Somebody with so many addresses. */
async function aBook({ shop }: Ground, count: number): Promise<Book> {
  const [person] = await shop.people(1);
  const agreed = { purpose: 'ADDRESS_BOOK', version: versionOf('ADDRESS_BOOK') } as const;
  await shop.get(ConsentsService).give({ userId: person!, language: 'zh' }, agreed);
  const book = shop.get(AddressesService);
  const ids: AddressId[] = [];
  for (let number = 0; number < count; number += 1) ids.push((await book.add(person!, anAddress())).id);
  return { person: person!, book, ids };
}

const anAddress = () => ({ idempotencyKey: randomUUID(), address: aDelivery().address, isDefault: false });

/** The rows of a book with these beside its default. */
const besideDefault = (count: number, ...removed: string[]): string[] => [
  'address of person stands default',
  ...Array<string>(count).fill('address of person stands other'),
  ...removed,
];

export const addAdd: Pair = {
  name: 'one phone that adds two addresses where there is room for one',
  prepare: async (ground) => {
    const { person, book } = await aBook(ground, ADDRESSES_MAX - 1);
    const add = () => book.add(person, anAddress());
    return { people: { person }, goods: null, works: [add, add] };
  },
  ends: [
    { answers: ['Address', 'TooManyAddresses'], rows: besideDefault(ADDRESSES_MAX - 1) },
    { answers: ['TooManyAddresses', 'Address'], rows: besideDefault(ADDRESSES_MAX - 1) },
  ],
};

export const withdrawAdd: Pair = {
  name: 'a consent to keep addresses that is taken back while one is added',
  prepare: async (ground) => {
    const { person, book } = await aBook(ground, 1);
    const withdraw = () =>
      ground.shop.get(ConsentsService).withdraw({ userId: person, language: 'zh' }, 'ADDRESS_BOOK');
    return { people: { person }, goods: null, works: [withdraw, () => book.add(person, anAddress())] };
  },
  ends: [
    {
      answers: ['PrivacyConsent', 'ConsentMissing'],
      rows: ['address of person removed other', 'consent of person ADDRESS_BOOK WITHDRAWN'],
    },
    {
      answers: ['PrivacyConsent', 'Address'],
      rows: [
        'address of person removed other',
        'address of person removed other',
        'consent of person ADDRESS_BOOK WITHDRAWN',
      ],
    },
  ],
};

export const defaultDefault: Pair = {
  name: 'two phones of one person, each of which makes another address the default',
  prepare: async (ground) => {
    const { person, book, ids } = await aBook(ground, 3);
    const [, second, third] = ids;
    const works = [() => book.makeDefault(person, second!), () => book.makeDefault(person, third!)] as const;
    return { people: { person }, goods: null, works };
  },
  ends: [{ answers: ['Address', 'Address'], rows: besideDefault(2) }],
};

export const removeDefault: Pair = {
  name: 'a default address that is removed while another becomes the default',
  prepare: async (ground) => {
    const { person, book, ids } = await aBook(ground, 3);
    const [first, second] = ids;
    const works = [() => book.remove(person, first!), () => book.makeDefault(person, second!)] as const;
    return { people: { person }, goods: null, works };
  },
  ends: [{ answers: ['nothing', 'Address'], rows: besideDefault(1, 'address of person removed other') }],
};
