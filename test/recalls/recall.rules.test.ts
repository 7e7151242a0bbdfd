import { expect, it } from '@jest/globals';
import { unitsToRefund } from '../../src/recalls/recall.rules.js';

// prettier-ignore
it.each<[quantity: number, refundedBefore: number, unrefunded: number, expected: number]>([
  [3, 0, 5, 3],
  [3, 0, 3, 3],
  [3, 0, 2, 2],
  [3, 0, 0, 0],
  [3, 1, 5, 2],
  [3, 3, 5, 0],
  [3, 4, 5, 0],
  [3, 2, 0, 0],
])('of %i recalled units, of which %i went back by earlier recalls and %i are left, %i go back', (quantity, refundedBefore, unrefunded, expected) => {
  expect(unitsToRefund({ quantity, refundedBefore, unrefunded })).toBe(expected);
});
