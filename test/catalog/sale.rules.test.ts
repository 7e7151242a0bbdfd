import { describe, expect, it } from '@jest/globals';
import { productLife, saleStatusAt, timesAfter } from '../../src/catalog/sale/sale.rules.js';

const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 12, minute));
const FROM = at(10);
const UNTIL = at(20);

describe('saleStatusAt', () => {
  // prettier-ignore
  it.each<[minute: number, status: 'ON_SALE' | 'OFF_SALE', from: Date | null, until: Date | null, stands: string]>([
    [5,  'ON_SALE',  null, null,  'ON_SALE'],
    [5,  'OFF_SALE', null, null,  'OFF_SALE'],
    [9,  'OFF_SALE', FROM, UNTIL, 'OFF_SALE'],
    [10, 'OFF_SALE', FROM, UNTIL, 'ON_SALE'],  // the clock has not come yet
    [19, 'OFF_SALE', FROM, UNTIL, 'ON_SALE'],
    [20, 'OFF_SALE', FROM, UNTIL, 'OFF_SALE'], // both were missed: the end decides
    [20, 'ON_SALE',  null, UNTIL, 'OFF_SALE'], // however late the clock is
    [19, 'ON_SALE',  null, UNTIL, 'ON_SALE'],
    [9,  'ON_SALE',  FROM, null,  'ON_SALE'],  // it is on sale already
    [10, 'ON_SALE',  FROM, null,  'ON_SALE'],
  ])('in minute %i, %s from %s until %s, is %s', (minute, status, saleFrom, saleUntil, stands) => {
    expect(saleStatusAt({ status, saleFrom, saleUntil }, at(minute))).toBe(stands);
  });
});

describe('timesAfter', () => {
  // prettier-ignore
  it.each<[minute: number, from: Date | null, until: Date | null]>([
    [9,  FROM, UNTIL],
    [10, null, UNTIL],
    [19, null, UNTIL],
    [20, null, null],
  ])('leaves in minute %i what is to come: from %s until %s', (minute, saleFrom, saleUntil) => {
    expect(timesAfter({ saleFrom: FROM, saleUntil: UNTIL }, at(minute))).toEqual({ saleFrom, saleUntil });
  });

  it('leaves nothing of nothing', () => {
    expect(timesAfter({ saleFrom: null, saleUntil: null }, at(0))).toEqual({ saleFrom: null, saleUntil: null });
  });
});

it('a product goes on sale and off it as often as one likes', () => {
  expect(productLife.moves).toEqual({ ON_SALE: ['OFF_SALE'], OFF_SALE: ['ON_SALE'] });
});
