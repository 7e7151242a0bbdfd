import { describe, expect, it } from '@jest/globals';
import { warningStep } from '../../src/catalog/stock/stock-warning.rules.js';

describe('warningStep', () => {
  // prettier-ignore
  it.each<[onHand: number, threshold: number | null, retired: boolean, lowest: number | null, step: string | null]>([
    [6, 5,    false, null, null],
    [5, 5,    false, null, 'BEGIN'],
    [0, 0,    false, null, 'BEGIN'],
    [1, 0,    false, null, null],
    [0, null, false, null, null],
    [0, 5,    true,  null, null],
    [5, 5,    false, 5,    null],
    [4, 5,    false, 5,    'LOWER'],
    [5, 5,    false, 4,    null],
    [6, 5,    false, 4,    'END'],
    [0, null, false, 0,    'END'], // nobody wants to be warned any more
    [0, 5,    true,  0,    'END'],
  ])('of %i units with the threshold %s, retired %s, lowest %s: %s', (onHand, lowStockUnits, isRetired, lowestUnits, step) => {
    expect(warningStep({ onHand, lowStockUnits, isRetired, lowestUnits })).toBe(step);
  });
});
