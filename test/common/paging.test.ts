import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeCursor, pageOf } from '#common';
import { encodeCursor } from '../../src/common/paging.js';

const SHAPE: readonly [number, string] = [0, 'team_'];
const encoded = (text: string): string => Buffer.from(text).toString('base64url');

describe('a cursor', () => {
  it('leads back to the key it was made from', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.string(), (seatsPaid, id) => {
        expect(decodeCursor(encodeCursor([seatsPaid, id]), SHAPE)).toEqual([seatsPaid, id]);
      }),
    );
  });

  it('is not needed for the first page', () => {
    expect(decodeCursor(undefined, SHAPE)).toBeNull();
    expect(decodeCursor(null, SHAPE)).toBeNull();
  });

  // prettier-ignore
  it.each<[what: string, cursor: string]>([
    ['empty',                       ''],
    ['noise',                       'no cursor'],
    ['that of another list',        encodeCursor(['product_1'])],
    ['longer',                      encodeCursor([1, 'team_1', 2])],
    ['of other types',              encodeCursor(['1', 'team_1'])],
    ['no list',                     encoded('{"0":1,"1":"team_1","length":2}')],
    ['null',                        encoded('null')],
    ['a key of nulls',              encoded('[null,null]')],
    ['a number that ends nowhere',  encoded('[1e400,"team_1"]')],
    ['a fraction',                  encoded('[1.5,"team_1"]')],
  ])('from elsewhere (%s) is refused, and the refusal names `after`', (_what, cursor) => {
    expect(() => decodeCursor(cursor, SHAPE)).toThrow('after: Must be an endCursor of this list');
  });
});

describe('a page', () => {
  const keyOf = (row: number): [number] => [row];

  // prettier-ignore
  it.each<[rows: number[], first: number, shown: number[], hasNextPage: boolean]>([
    [[],        2, [],     false],
    [[1],       2, [1],    false],
    [[1, 2],    2, [1, 2], false],
    [[1, 2, 3], 2, [1, 2], true],
  ])('of the rows %j when %d are asked for shows %j; more follow: %p', (rows, first, shown, hasNextPage) => {
    const { edges, pageInfo } = pageOf(rows, first, keyOf);
    const last = shown.at(-1);
    expect(edges.map(({ node }) => node)).toEqual(shown);
    expect(pageInfo).toEqual({ hasNextPage, endCursor: last === undefined ? null : encodeCursor([last]) });
  });
});
