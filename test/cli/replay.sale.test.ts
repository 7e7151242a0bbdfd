import { describe, expect, it } from '@jest/globals';
import { isCancelled, returnOf, saleOf, type SaleRecord, type SkipReason } from '../../src/cli/replay/sale.js';

const LINE: SaleRecord = {
  invoice: '489434',
  stock_code: '79323w',
  description: ' WHITE CHERRY LIGHTS',
  quantity: '12',
  invoiced_at: '2009-12-01 07:45:00',
  unit_price: '6.75',
  customer_id: '13085',
  country: 'United Kingdom',
};

describe('saleOf', () => {
  it('takes pence as fen, local time as UTC, and stock codes in capitals', () => {
    expect(saleOf(LINE, 3)).toEqual({
      lineNumber: 3,
      invoice: '489434',
      stockCode: '79323W',
      description: 'WHITE CHERRY LIGHTS',
      quantity: 12,
      soldAt: new Date('2009-12-01T07:45:00Z'),
      unitPriceMinor: 675,
      customer: '13085',
    });
  });

  // prettier-ignore
  it.each<[price: string, fen: number]>([['2.1', 210], ['0.29', 29], ['8', 800]])(
    'reads a price of %s pounds as %i fen',
    (unit_price, fen) => {
      expect(saleOf({ ...LINE, unit_price }, 1)).toMatchObject({ unitPriceMinor: fen });
    },
  );

  // prettier-ignore
  it.each<[change: Partial<SaleRecord>, reason: SkipReason]>([
    [{ stock_code: 'POST' },                           'postage or manual code'],
    [{ stock_code: 'DOT', customer_id: '' },           'postage or manual code'],
    [{ stock_code: 'M' },                              'postage or manual code'],
    [{ stock_code: 'C2' },                             'postage or manual code'],
    [{ stock_code: 'D' },                              'postage or manual code'],
    [{ stock_code: 'BANK CHARGES' },                   'postage or manual code'],
    [{ stock_code: 'AMAZONFEE' },                      'postage or manual code'],
    [{ stock_code: 'ADJUST2' },                        'postage or manual code'],
    [{ stock_code: 'TEST001' },                        'postage or manual code'],
    [{ stock_code: 'gift_0001_30' },                   'postage or manual code'],
    [{ customer_id: '' },                              'no customer'],
    [{ customer_id: ' ', quantity: '-3' },             'no customer'],
    [{ quantity: '0' },                                'quantity not above 0'],
    [{ quantity: '-3' },                               'quantity not above 0'],
    [{ unit_price: '0.0' },                            'price not above 0'],
    [{ unit_price: '0.001' },                          'price not above 0'],
    [{ unit_price: '-5' },                             'price not above 0'],
    [{ quantity: '10000' },                            'more than 9999 units'],
  ])('leaves out a line with %j: %s', (change, reason) => {
    expect(saleOf({ ...LINE, ...change }, 1)).toBe(reason);
  });

  it.each<[change: Partial<SaleRecord>, names: string]>([
    [{ quantity: 'twelve' }, 'line 9: quantity'],
    [{ unit_price: '' }, 'line 9: unit_price'],
    [{ invoiced_at: '01/12/2009' }, 'line 9: invoiced_at'],
  ])('does not guess what %j means', (change, names) => {
    expect(() => saleOf({ ...LINE, ...change }, 9)).toThrow(names);
  });
});

describe('returnOf', () => {
  const BACK: SaleRecord = { ...LINE, invoice: 'C489449', quantity: '-12' };

  it('takes what a cancelled invoice says as units that were sent back', () => {
    expect([isCancelled(BACK), isCancelled(LINE)]).toEqual([true, false]);
    expect(returnOf(BACK, 7)).toEqual({
      ...{ lineNumber: 7, stockCode: '79323W', customer: '13085', quantity: 12 },
      returnedAt: new Date('2009-12-01T07:45:00Z'),
    });
  });

  // prettier-ignore
  it.each<[change: Partial<SaleRecord>, reason: SkipReason]>([
    [{ stock_code: 'POST' },                    'postage or manual code'],
    [{ stock_code: 'M', customer_id: '' },      'postage or manual code'],
    [{ customer_id: ' ' },                      'no customer'],
    [{ quantity: '0' },                         'cancellation of nothing'],
    [{ quantity: '12' },                        'cancellation of nothing'],
  ])('leaves out a line with %j: %s', (change, reason) => {
    expect(returnOf({ ...BACK, ...change }, 1)).toBe(reason);
  });
});
