import { describe, expect, it } from '@jest/globals';
import { assortmentOf, teamPriceOf } from '../../src/cli/replay/assortment.js';
import type { Sale } from '../../src/cli/replay/sale.js';

function aSale(change: Partial<Sale>): Sale {
  return {
    lineNumber: 1,
    invoice: '489434',
    stockCode: '22041',
    description: 'RECORD FRAME',
    quantity: 1,
    soldAt: new Date('2009-12-01T07:45:00Z'),
    unitPriceMinor: 210,
    customer: '13085',
    ...change,
  };
}

describe('assortmentOf', () => {
  it('has as much of each article as was sold, and lets one buyer have what the largest one bought', () => {
    const [frame, mug] = assortmentOf([
      aSale({ customer: 'ana', quantity: 2 }),
      aSale({ customer: 'bo', quantity: 4 }),
      aSale({ customer: 'ana', quantity: 3 }),
      aSale({ stockCode: '21871', quantity: 7 }),
    ]);
    expect(frame).toMatchObject({ stockCode: '22041', units: 9, unitsPerBuyer: 5 });
    expect(mug).toMatchObject({ stockCode: '21871', units: 7, unitsPerBuyer: 7 });
  });

  it('sells at the most frequent price and under the most frequent name, the earlier one if in doubt', () => {
    const [item] = assortmentOf([
      aSale({ unitPriceMinor: 250, description: '' }),
      aSale({ unitPriceMinor: 210, description: 'FRAME' }),
      aSale({ unitPriceMinor: 210, description: 'frame?' }),
      aSale({ unitPriceMinor: 250, description: '' }),
    ]);
    expect(item).toMatchObject({ singlePriceMinor: 250, teamPriceMinor: 225, name: 'FRAME' });
  });

  it('calls an article without a name by its code', () => {
    expect(assortmentOf([aSale({ description: '' })])[0]?.name).toBe('22041');
  });
});

describe('teamPriceOf', () => {
  // prettier-ignore
  it.each([[1_000, 900], [215, 193], [9, 8], [2, 1], [1, 1]])('makes %i fen %i', (single, team) => {
    expect(teamPriceOf(single)).toBe(team);
  });
});
