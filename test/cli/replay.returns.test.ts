import { describe, expect, it } from '@jest/globals';
import { returnsOf } from '../../src/cli/replay/returns.js';
import type { Return, Sale } from '../../src/cli/replay/sale.js';

const DAY = (day: number): Date => new Date(Date.UTC(2009, 11, day));

const sold = (lineNumber: number, day: number, quantity: number, but: Partial<Sale> = {}): Sale => ({
  ...{ lineNumber, quantity, soldAt: DAY(day), invoice: `${lineNumber}`, stockCode: '22041', customer: '13085' },
  ...{ description: 'FRAME', unitPriceMinor: 210, ...but },
});
const back = (day: number, quantity: number, but: Partial<Return> = {}): Return => ({
  ...{ lineNumber: 100 + day, quantity, returnedAt: DAY(day), stockCode: '22041', customer: '13085', ...but },
});

describe('what is sent back', () => {
  // prettier-ignore
  it.each<[what: string, sales: Sale[], returns: Return[], returned: [saleLine: number, quantity: number][], unitsOfNoSale: number]>([
    ['is of the sale before it',               [sold(1, 1, 5)],                              [back(2, 2)],              [[1, 2]],         0],
    ['is of the newest sale first',            [sold(1, 1, 5), sold(2, 2, 3)],               [back(3, 4)],              [[2, 3], [1, 1]], 0],
    ['is of a later sale only if it must be',  [sold(1, 1, 5), sold(2, 4, 3)],               [back(3, 6)],              [[1, 5], [2, 1]], 0],
    ['before the first sale is of the next',   [sold(1, 4, 5), sold(2, 5, 3)],               [back(3, 6)],              [[1, 5], [2, 1]], 0],
    ['adds up for one sale',                   [sold(1, 1, 5)],                              [back(2, 2), back(3, 2)],  [[1, 4]],         0],
    ['is never more than was sold',            [sold(1, 1, 5)],                              [back(2, 4), back(3, 4)],  [[1, 5]],         3],
    ['may be older than the file',             [],                                           [back(2, 4)],              [],               4],
    ['is of nobody else’s sale',               [sold(1, 1, 5, { customer: '1' })],           [back(2, 4)],              [],               4],
    ['is of no other article',                 [sold(1, 1, 5, { stockCode: '1' })],          [back(2, 4)],              [],               4],
    ['at the minute of the sale is of it',     [sold(1, 2, 5)],                              [back(2, 1)],              [[1, 1]],         0],
  ])('%s', (_what, sales, returns, returned, unitsOfNoSale) => {
    const told = returnsOf(sales, returns);
    expect([told.returned.map(({ saleLine, quantity }) => [saleLine, quantity]), told.unitsOfNoSale]).toEqual([returned, unitsOfNoSale]);
  });
});
