import { describe, expect, it } from '@jest/globals';
import { idFromBytes, Sealed, SealBroken, type SealedPlace, Vault } from '#common';
import { fc } from './seeded.js';

const [ONE, TWO, INDEX] = ['A', 'B', 'I'].map((letter) => letter.repeat(43)) as [string, string, string];
const vault = new Vault({ DATA_KEYS: `1:${ONE}`, DATA_INDEX_KEY: INDEX });

/** Whole characters, as a column of text holds them: half of one has no UTF-8. */
const values = fc.string({ unit: 'binary', maxLength: 200 });
const places = fc.constantFrom<SealedPlace['name']>('user.openid', 'user.unionid', 'user.nickname', 'orders.delivery');
const rows = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => idFromBytes('user', bytes));

describe('a sealed value', () => {
  it('is read again in its place, also when newer keys seal', () => {
    const later = new Vault({ DATA_KEYS: `2:${TWO},1:${ONE}`, DATA_INDEX_KEY: INDEX });
    fc.assert(
      fc.property(places, rows, values, (place, row, value) => {
        const sealed = vault.seal(place, row, value);
        expect([vault.open(place, row, sealed), later.open(place, row, sealed)]).toEqual([value, value]);
      }),
    );
  });

  it('opens in no other row and no other column', () => {
    fc.assert(
      fc.property(places, places, rows, rows, values, (place, otherPlace, row, otherRow, value) => {
        fc.pre(place !== otherPlace || row !== otherRow);
        const sealed = vault.seal(place, row, value);
        expect(() => vault.open(otherPlace, otherRow, sealed)).toThrow(SealBroken);
      }),
    );
  });

  it('does not open with a bit of it turned, whichever that is', () => {
    fc.assert(
      fc.property(places, rows, values, fc.nat(), (place, row, value, at) => {
        const bytes = Buffer.from(vault.seal(place, row, value).bytes);
        const bit = at % (bytes.length * 8);
        bytes[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => vault.open(place, row, new Sealed(bytes))).toThrow(SealBroken);
      }),
    );
  });

  it('does not open when it is shorter or longer than it was', () => {
    fc.assert(
      fc.property(places, rows, values, fc.nat(), fc.uint8Array({ minLength: 1 }), (place, row, value, at, more) => {
        const { bytes } = vault.seal(place, row, value);
        const shorter = new Sealed(bytes.subarray(0, at % bytes.length));
        const longer = new Sealed(Buffer.concat([bytes, more]));
        expect(() => vault.open(place, row, shorter)).toThrow(SealBroken);
        expect(() => vault.open(place, row, longer)).toThrow(SealBroken);
      }),
    );
  });

  it('is found by its index if it is the same in the same column, and by nothing else', () => {
    fc.assert(
      fc.property(places, places, values, values, (place, otherPlace, value, otherValue) => {
        const isSame = place === otherPlace && value === otherValue;
        expect(vault.blindIndex(place, value).equals(vault.blindIndex(place, value))).toBe(true);
        expect(vault.blindIndex(place, value).equals(vault.blindIndex(otherPlace, otherValue))).toBe(isSame);
      }),
    );
  });
});
