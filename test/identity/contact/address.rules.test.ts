import { describe, expect, it } from '@jest/globals';
import type { AddressId } from '#identity';
import { changedContents, contentsOf, contentsText, defaultOf } from '../../../src/identity/contact/address.rules.js';
import { aDelivery } from '../../support/deliveries.js';

const { address } = aDelivery();
const [a, b, c]: AddressId[] = ['address_a', 'address_b', 'address_c'];

describe('the default of an address book', () => {
  // A book is written newest first; a star marks what is the default so far.
  // prettier-ignore
  it.each<[book: string, wished: AddressId | null, chosen: AddressId | null]>([
    ['',         null, null],
    ['',         a!,   null],
    ['a',        null, a!],
    ['b a*',     null, a!],
    ['b a*',     b!,   b!],
    ['b a*',     a!,   a!],
    ['c b a',    null, c!], // the default was removed
    ['c b* a',   a!,   a!],
    ['c b* a',   'address_x', b!], // what is not there cannot be wished for
  ])('%j with %s wished for is %s', (book, wished, chosen) => {
    const entries = book
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => ({ id: `address_${word[0]!}` as const, isDefault: word.endsWith('*') }));
    expect(defaultOf(entries, wished)).toBe(chosen);
  });
});

describe('what an address says', () => {
  it.each([{ label: null }, { label: '家' }, { label: '"\\"' }])(
    'comes out of its text as it went in: %j',
    ({ label }) => {
      expect(contentsOf(contentsText({ label, address }))).toEqual({ label, address });
    },
  );

  it('is not guessed from a text of another version, whose words are told to nobody', () => {
    const later = contentsText({ label: '家', address }).replace('"version":1', '"version":2');
    expect(() => contentsOf(later)).toThrow(/^nobody can read version 2 of an address$/);
  });

  const other = { ...address, detail: '别处' };
  // prettier-ignore
  it.each<[change: object, label: string | null, detail: string]>([
    [{},                           '家',   address.detail],
    [{ label: undefined },         '家',   address.detail],
    [{ label: null },              null,   address.detail],
    [{ label: '公司' },            '公司', address.detail],
    [{ address: null },            '家',   address.detail],
    [{ address: other },           '家',   '别处'],
    [{ label: null, address: other }, null, '别处'],
  ])('after %j has the label %j and the detail %s', (change, label, detail) => {
    expect(changedContents({ label: '家', address }, change)).toMatchObject({ label, address: { detail } });
  });
});
