import { describe, expect, it } from '@jest/globals';
import { Product, Sku } from '#catalog';
import { newId } from '#common';
import { OrderStatus } from '../../src/orders/order.entity.js';
import { countsForBuyer, overBuyerLimit, overOrderLimit } from '../../src/orders/placing/limit.rules.js';
import type { NewLine } from '../../src/orders/placing/price.rules.js';

interface Limits {
  readonly unitsPerOrder?: number;
  readonly unitsPerBuyer?: number;
}

function aLine(quantity: number, { unitsPerOrder, unitsPerBuyer }: Limits): NewLine {
  const limits = { unitsPerOrder: unitsPerOrder ?? null, unitsPerBuyer: unitsPerBuyer ?? null };
  const sku = Object.assign(new Sku(), { id: newId('sku'), ...limits });
  const article = { sku, product: new Product(), freight: null };
  return { article, quantity, unitPriceMinor: 100, allotmentId: null, returnRule: 'SEVEN_DAYS' };
}

describe('overOrderLimit', () => {
  it.each<[quantity: number, limits: Limits, unitsLeft: number | null]>([
    [1, {}, null],
    [9_999, {}, null],
    [2, { unitsPerOrder: 2 }, null],
    [3, { unitsPerOrder: 2 }, 2],
    [3, { unitsPerBuyer: 2 }, null],
  ])('of %i units with %j leaves %s', (quantity, limits, unitsLeft) => {
    expect(overOrderLimit([aLine(1, {}), aLine(quantity, limits)])?.unitsLeft ?? null).toBe(unitsLeft);
  });

  it('says which SKU, and how many one order may have', () => {
    const lines = [aLine(1, { unitsPerOrder: 1 }), aLine(4, { unitsPerOrder: 3 })];
    expect(overOrderLimit(lines)).toMatchObject({ skuId: lines[1]!.article.sku.id, message: '该商品每单限购3件。' });
  });
});

describe('overBuyerLimit', () => {
  it.each<[quantity: number, has: number, limits: Limits, unitsLeft: number | null]>([
    [5, 100, {}, null],
    [2, 0, { unitsPerBuyer: 2 }, null],
    [3, 0, { unitsPerBuyer: 2 }, 2],
    [1, 1, { unitsPerBuyer: 2 }, null],
    [2, 1, { unitsPerBuyer: 2 }, 1],
    [1, 2, { unitsPerBuyer: 2 }, 0],
    [1, 9, { unitsPerBuyer: 2 }, 0],
    [5, 0, { unitsPerOrder: 2 }, null],
  ])('of %i units for somebody who has %i with %j leaves %s', (quantity, has, limits, unitsLeft) => {
    const line = aLine(quantity, limits);
    const units = new Map([[line.article.sku.id, has]]);
    expect(overBuyerLimit([aLine(1, {}), line], units)?.unitsLeft ?? null).toBe(unitsLeft);
  });

  it('takes somebody who has bought nothing yet for one who has none', () => {
    const line = aLine(3, { unitsPerBuyer: 2 });
    expect(overBuyerLimit([line], new Map())).toMatchObject({
      ...{ skuId: line.article.sku.id, unitsPerBuyer: 2, unitsLeft: 2 },
      message: '该商品每人限购2件，您还可购买2件。',
    });
  });
});

it('counts every order but those that are cancelled, paid too late or given back', () => {
  const not = Object.values(OrderStatus).filter((status) => !countsForBuyer(status));
  expect(not.toSorted()).toEqual(['CANCELLED', 'PAID_LATE', 'REFUNDED']);
});
