import { expect, it } from '@jest/globals';
import { bulkActLife } from '#audit';
import { canonical } from '../../../src/audit/chain.rules.js';
import { itLives } from './lives.js';
import { fc } from './seeded.js';

/** Texts that look like frames, besides any others. */
const texts = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom('-', ':', '0', '1', '2', '好', '1:', '0:'), { maxLength: 6 }).map((parts) => parts.join('')),
);
const parts = fc.array(fc.option(texts), { maxLength: 5 });

/** Reads a canonical form back, which is possible only if nothing else has the same. */
function partsOf(form: string): (string | null)[] {
  const found: (string | null)[] = [];
  let rest = Buffer.from(form);
  while (rest.length > 0) {
    if (rest[0] === '-'.charCodeAt(0)) {
      found.push(null);
      rest = rest.subarray(1);
      continue;
    }
    const colon = rest.indexOf(':');
    const length = rest.subarray(0, Math.max(colon, 0)).toString();
    expect(length).toMatch(/^\d+$/);
    const end = colon + 1 + Number(length);
    found.push(rest.subarray(colon + 1, end).toString());
    rest = rest.subarray(end);
  }
  return found;
}

it('the canonical form of an entry tells all of its parts, so that no two entries have the same', () => {
  fc.assert(
    fc.property(parts, (some) => {
      expect(partsOf(canonical(some))).toEqual(some);
    }),
  );
});

it('of two entries that differ in whatever part, the canonical forms differ', () => {
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      const isSame = one.length === other.length && one.every((part, index) => part === other[index]);
      expect(canonical(one) === canonical(other)).toBe(isSame);
    }),
  );
});

itLives('a bulk act', bulkActLife, {
  first: 'PROPOSED',
  ends: ['DONE', 'REJECTED', 'WITHDRAWN', 'EXPIRED'],
  ways: [['PROPOSED', 'APPROVED', 'DONE']],
  never: [
    // What is done was approved, and what is approved is not taken back.
    ['APPROVED', 'WITHDRAWN'],
    ['APPROVED', 'PROPOSED'],
    ['REJECTED', 'APPROVED'],
    ['WITHDRAWN', 'APPROVED'],
    ['EXPIRED', 'APPROVED'],
  ],
});
