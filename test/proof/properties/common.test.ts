import { describe, expect, it } from '@jest/globals';
import { getMetadataArgsStorage } from 'typeorm';
import { decodeCursor, idBytes, idFromBytes, isId, type Page, pageOf, RequestError, shareOf, sumMinor } from '#common';
import { encodeCursor } from '../../../src/common/paging.js';
import { databaseOptions } from '../../../src/database.js';
import { fc } from './seeded.js';

const amounts = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const shares = fc.integer({ min: 0, max: 10_000 });

describe('a share of an amount', () => {
  it('is nothing at 0 basis points and all of it at 10,000', () => {
    fc.assert(
      fc.property(amounts, (amountMinor) => {
        expect([shareOf(amountMinor, 0), shareOf(amountMinor, 10_000)]).toEqual([0, amountMinor]);
      }),
    );
  });

  it('never shrinks when the amount or the share grows, and is never more than the whole', () => {
    fc.assert(
      fc.property(amounts, amounts, shares, shares, (amount, otherAmount, share, otherShare) => {
        const [less, more] = [Math.min(amount, otherAmount), Math.max(amount, otherAmount)];
        const [lowBps, highBps] = [Math.min(share, otherShare), Math.max(share, otherShare)];
        expect(shareOf(less, lowBps)).toBeLessThanOrEqual(shareOf(more, lowBps));
        expect(shareOf(more, lowBps)).toBeLessThanOrEqual(shareOf(more, highBps));
        expect(shareOf(more, highBps)).toBeLessThanOrEqual(more);
      }),
    );
  });

  it('of two amounts is never more apart than together, so splitting an order gains nobody anything', () => {
    const half = fc.integer({ min: 0, max: (Number.MAX_SAFE_INTEGER - 1) / 2 });
    fc.assert(
      fc.property(half, half, shares, (one, other, shareBps) => {
        const apartMinor = shareOf(one, shareBps) + shareOf(other, shareBps);
        expect(shareOf(one + other, shareBps) - apartMinor).toBeGreaterThanOrEqual(0);
        expect(shareOf(one + other, shareBps) - apartMinor).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('a total', () => {
  it('is exact or an error, whatever the amounts and their order', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger(), { maxLength: 6 }), (each) => {
        const exact = each.reduce((sum, amount) => sum + BigInt(amount), 0n);
        if (Number.isSafeInteger(Number(exact))) expect(BigInt(sumMinor(each))).toBe(exact);
        else expect(() => sumMinor(each)).toThrow('not whole minor units');
      }),
    );
  });

  it('does not hide a fraction of a fen among large amounts', () => {
    fc.assert(
      fc.property(amounts, fc.double({ noNaN: true, noDefaultInfinity: true }), (amountMinor, fraction) => {
        fc.pre(!Number.isInteger(fraction));
        expect(() => sumMinor([amountMinor, fraction])).toThrow('not whole minor units');
      }),
    );
  });
});

describe('an amount in a table', () => {
  const { entities } = databaseOptions({ DATABASE_URL: 'mysql://127.0.0.1', DATABASE_POOL_SIZE: 1 });
  const columns = getMetadataArgsStorage().columns.filter(
    ({ target, propertyName }) => Object.values(entities ?? {}).includes(target) && propertyName.endsWith('Minor'),
  );
  const cases = columns.map(({ target, propertyName, options }) => ({
    column: `${typeof target === 'string' ? target : target.name}.${propertyName}`,
    options,
  }));

  it.each(cases)('is a whole number of 64 bits and read exactly or not at all: $column', ({ options }) => {
    const { transformer } = options;
    if (!transformer || Array.isArray(transformer)) throw new Error('no transformer of its own');
    expect(options.type).toBe('bigint');
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (stored) => {
        const read = (): unknown => transformer.from(String(stored));
        if (Number.isSafeInteger(Number(stored))) expect(read()).toBe(Number(stored));
        else expect(read).toThrow('an amount beyond 53 bits');
      }),
    );
  });
});

describe('an id', () => {
  const sixteenBytes = fc.uint8Array({ minLength: 16, maxLength: 16 });

  it('sorts as text as its bytes do in the table', () => {
    fc.assert(
      fc.property(sixteenBytes, sixteenBytes, fc.nat(16), (one, random, shared) => {
        const other = Uint8Array.of(...one.subarray(0, shared), ...random.subarray(shared));
        const [first, second] = [idFromBytes('team', one), idFromBytes('team', other)];
        expect(first < second ? -1 : first > second ? 1 : 0).toBe(Buffer.compare(one, other));
      }),
    );
  });

  it('has one spelling only, and is an id of one kind only', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/), (suffix) => {
        const id = `team_${suffix}` as const;
        expect(isId('team', id)).toBe(true);
        expect(idFromBytes('team', idBytes(id))).toBe(id);
        expect([isId('seat', id), isId('tea', id), isId('xteam', id)]).toEqual([false, false, false]);
        expect([`x${id}`, `${id}0`, `${id}\n`, ` ${id}`].filter((text) => isId('team', text))).toEqual([]);
      }),
    );
  });
});

describe('a cursor', () => {
  const part = fc.oneof(fc.maxSafeInteger(), fc.string({ unit: 'binary' }));
  const shapeOf = (key: readonly (string | number)[]): (string | number)[] =>
    key.map((each) => (typeof each === 'number' ? 0 : ''));

  it('leads back to its key, whatever that is made of', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (key) => {
        expect(decodeCursor(encodeCursor(key), shapeOf(key))).toEqual(key);
      }),
    );
  });

  it('that anybody makes up is a key of the right shape or refused by name', () => {
    const nearly = fc
      .tuple(fc.oneof(fc.double(), fc.maxSafeInteger(), fc.string()), part, part)
      .map((key) => key.slice(0, 2));
    const keys = fc.oneof(nearly, fc.array(part)).map((key) => JSON.stringify(key));
    const texts = fc.oneof(keys, fc.string({ unit: 'binary' }), fc.json(), fc.constant('[1e400,""]'));
    fc.assert(
      fc.property(texts, fc.boolean(), (text, isEncoded) => {
        const cursor = isEncoded ? Buffer.from(text).toString('base64url') : text;
        const outcome = outcomeOf(() => decodeCursor(cursor, [0, '']));
        if (outcome instanceof RequestError) return;
        const [number, string, ...more] = outcome as unknown[];
        expect([Number.isSafeInteger(number), typeof string, more]).toEqual([true, 'string', []]);
      }),
    );
  });

  it('leads through a list page by full page, without a gap or a repetition', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer(), { maxLength: 40 }),
        fc.integer({ min: 1, max: 50 }),
        (numbers, first) => {
          const list = numbers.toSorted((a, b) => a - b);
          const full = Array.from({ length: Math.ceil(list.length / first) }, (_, page) =>
            list.slice(page * first, (page + 1) * first),
          );
          expect(readByPages(list, first)).toEqual(list.length === 0 ? [[]] : full);
        },
      ),
    );
  });
});

function outcomeOf(decide: () => unknown): unknown {
  try {
    return decide();
  } catch (error) {
    return error; // The caller asks of which kind it is.
  }
}

/** The pages of a list as a client would read them: each from the cursor of the one before. */
function readByPages(list: readonly number[], first: number): number[][] {
  const pages: number[][] = [];
  let after: string | null = null;
  while (pages.length <= list.length) {
    const last: number = decodeCursor<[number]>(after, [0])?.[0] ?? -Infinity;
    const rows = list.filter((row) => row > last).slice(0, first + 1);
    const { edges, pageInfo }: Page<number> = pageOf(rows, first, (row) => [row]);
    pages.push(edges.map(({ node }) => node));
    if (!pageInfo.hasNextPage) return pages;
    after = pageInfo.endCursor;
  }
  throw new Error('the pages do not end');
}
