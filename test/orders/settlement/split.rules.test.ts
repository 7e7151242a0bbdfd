import { describe, expect, it } from '@jest/globals';
import { baseOf, split, takeBack } from '../../../src/orders/settlement/split.rules.js';

describe('a settled order', () => {
  it.each([
    // kept, freight, commission, asked | commission, shares, supplier
    [10_000, 0, 0, [], 0, [], 10_000],
    [10_000, 0, 500, [], 500, [], 9_500],
    [10_800, 800, 500, [], 500, [], 10_300],
    [9_999, 0, 333, [], 332, [], 9_667],
    [10_000, 0, 1_000, [300, 200], 1_000, [300, 200], 8_500],
    [10_000, 0, 5_000, [4_999, 2, 1], 5_000, [4_999, 1, 0], 0],
    [1_000, 400, 5_000, [900], 300, [300], 400],
    [800, 800, 5_000, [1], 0, [0], 800],
    [500, 800, 5_000, [1], 0, [0], 500],
    [0, 0, 5_000, [1], 0, [0], 0],
    [1, 0, 9_999, [], 0, [], 1],
  ])(
    'of %i with %i freight at %i basis points, others asking for %j, gives %i to the shop, %j to them and %i to the supplier',
    (keptMinor, freightMinor, commissionBps, asked, commissionMinor, sharesMinor, supplierMinor) => {
      expect(split({ keptMinor, freightMinor, commissionBps }, asked)).toEqual({
        commissionMinor,
        sharesMinor,
        supplierMinor,
      });
    },
  );

  it.each([
    [10_800, 800, 10_000],
    [800, 800, 0],
    [500, 800, 0],
  ])('of %i with %i freight has %i of goods', (keptMinor, freightMinor, baseMinor) => {
    expect(baseOf({ keptMinor, freightMinor })).toBe(baseMinor);
  });
});

describe('money that goes back after all', () => {
  const settled = {
    ...{ keptMinor: 10_800, freightMinor: 800, commissionBps: 1_000 },
    ...{ commissionMinor: 1_000, sharesMinor: [500], supplierMinor: 9_300 },
  };
  const held = { commissionMinor: 1_000, sharesMinor: [500], supplierMinor: 9_300 };

  it.each([
    [1, { commissionMinor: 1, sharesMinor: [0], supplierMinor: 0 }],
    [5_000, { commissionMinor: 500, sharesMinor: [250], supplierMinor: 4_250 }],
    [10_000, { commissionMinor: 1_000, sharesMinor: [500], supplierMinor: 8_500 }],
    [10_800, { commissionMinor: 1_000, sharesMinor: [500], supplierMinor: 9_300 }],
  ])('of %i is taken from each in proportion to the goods', (backMinor, taken) => {
    expect(takeBack(settled, held, backMinor)).toEqual(taken);
  });

  it('is taken from what each still holds, so that in the end nobody keeps anything', () => {
    const first = takeBack(settled, held, 3_333);
    const left = {
      commissionMinor: held.commissionMinor - first.commissionMinor,
      sharesMinor: [held.sharesMinor[0]! - first.sharesMinor[0]!],
      supplierMinor: held.supplierMinor - first.supplierMinor,
    };
    expect(first).toEqual({ commissionMinor: 334, sharesMinor: [167], supplierMinor: 2_832 });
    expect(takeBack(settled, left, 10_800 - 3_333)).toEqual(left);
  });

  it('of an order without goods is the supplier’s alone', () => {
    const freightOnly = { ...settled, keptMinor: 800, commissionMinor: 0, sharesMinor: [0], supplierMinor: 800 };
    const all = { commissionMinor: 0, sharesMinor: [0], supplierMinor: 800 };
    expect(takeBack(freightOnly, all, 300)).toEqual({ commissionMinor: 0, sharesMinor: [0], supplierMinor: 300 });
  });
});
