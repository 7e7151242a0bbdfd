import { describe, expect, it } from '@jest/globals';
import type { AddressId } from '#identity';
import {
  type AddressContents,
  changedContents,
  contentsOf,
  contentsText,
  defaultOf,
} from '../../../src/identity/contact/address.rules.js';
import { isKeptPhone, keptPhone, maskedPhone } from '../../../src/identity/contact/phone.rules.js';
import { fc } from './seeded.js';

const digits = (min: number, max = min): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^\\d{${min},${max}}$`));

describe('the default of an address book', () => {
  interface Entry {
    readonly id: AddressId;
    readonly isDefault: boolean;
  }
  const entries: fc.Arbitrary<Entry[]> = fc
    .tuple(fc.uniqueArray(fc.nat(99), { maxLength: 20 }), fc.option(fc.nat(19)))
    .map(([numbers, chosen]) =>
      numbers.map((number, index) => ({ id: `address_${number}` as const, isDefault: index === chosen })),
    );
  const ids = fc.option(fc.nat(99).map((number): AddressId => `address_${number}`));

  it('is one of its addresses, and none of an empty book only', () => {
    fc.assert(
      fc.property(entries, ids, (book, wished) => {
        const chosen = defaultOf(book, wished);
        expect(chosen === null).toBe(book.length === 0);
        if (chosen !== null) expect(book.map(({ id }) => id)).toContain(chosen);
      }),
    );
  });

  it('is what is wished for if it is there, and else stays what it is', () => {
    fc.assert(
      fc.property(entries, ids, (book, wished) => {
        const former = book.find(({ isDefault }) => isDefault)?.id ?? book[0]?.id ?? null;
        const isThere = book.some(({ id }) => id === wished);
        expect(defaultOf(book, wished)).toBe(isThere ? wished : former);
      }),
    );
  });

  it('through any walk of adding, wishing and removing is exactly one while there are addresses', () => {
    type Step = { readonly do: 'add' | 'wish' | 'remove'; readonly at: number; readonly isWished: boolean };
    const steps: fc.Arbitrary<Step[]> = fc.array(
      fc.record({ do: fc.constantFrom('add', 'wish', 'remove'), at: fc.nat(30), isWished: fc.boolean() }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(steps, (walk) => {
        let book: Entry[] = [];
        for (const [number, step] of walk.entries()) {
          const target = book[step.at % Math.max(book.length, 1)]?.id ?? null;
          const added: AddressId = `address_${number}`;
          if (step.do === 'add') book = [{ id: added, isDefault: false }, ...book];
          if (step.do === 'remove') book = book.filter(({ id }) => id !== target);
          const wishes = { add: step.isWished ? added : null, wish: target, remove: null };
          const chosen = defaultOf(book, wishes[step.do]);
          book = book.map(({ id }) => ({ id, isDefault: id === chosen }));
          expect(book.filter(({ isDefault }) => isDefault)).toHaveLength(Math.min(book.length, 1));
        }
      }),
    );
  });
});

describe('what an address says', () => {
  const texts = fc.string({ unit: 'binary', maxLength: 30 });
  const addresses = fc.record(
    {
      ...{ recipientName: texts, phone: texts, province: texts, city: texts, district: texts, detail: texts },
      ...{ street: fc.option(texts), postalCode: fc.option(texts), nationalCode: fc.option(texts) },
    },
    { requiredKeys: ['recipientName', 'phone', 'province', 'city', 'district', 'detail'] },
  );
  const contents: fc.Arbitrary<AddressContents> = fc.record({ label: fc.option(texts), address: addresses });
  const changes = fc.record({ label: fc.option(texts), address: fc.option(addresses) }, { requiredKeys: [] });

  it('comes out of its text as it went in', () => {
    fc.assert(
      fc.property(contents, (said) => {
        expect(contentsOf(contentsText(said))).toEqual(said);
      }),
    );
  });

  it('is after a change what was given and else what it was, however often it is changed so', () => {
    fc.assert(
      fc.property(contents, changes, (said, change) => {
        const changed = changedContents(said, change);
        expect(changed.address).toEqual(change.address ?? said.address);
        expect(changed.label).toBe('label' in change ? change.label : said.label);
        expect(changedContents(changed, change)).toEqual(changed);
      }),
    );
  });
});

describe('a person’s own number', () => {
  const abroad = fc.tuple(fc.stringMatching(/^[1-9]\d{0,2}$/), digits(7, 12));

  it('can be looked for by what is kept of it, and is another for other digits', () => {
    fc.assert(
      fc.property(abroad, digits(7, 12), ([countryCode, number], other) => {
        const kept = keptPhone({ countryCode, number });
        expect(isKeptPhone(kept)).toBe(true);
        expect(keptPhone({ countryCode, number: other }) === kept).toBe(number === other);
      }),
    );
  });

  it('from abroad looks the same if it differs only in what is hidden', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d\d$/), digits(2), digits(3, 9), digits(3, 9), (head, tail, one, other) => {
        expect(maskedPhone(`+${head}${one}${tail}`)).toBe(`+${head}****${tail}`);
        expect(maskedPhone(`+${head}${other}${tail}`)).toBe(`+${head}****${tail}`);
      }),
    );
  });
});
