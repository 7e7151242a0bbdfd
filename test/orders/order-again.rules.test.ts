import { describe, expect, it } from '@jest/globals';
import { newId } from '#common';
import { againOf } from '../../src/orders/lists/order-again.rules.js';

describe('againOf four units', () => {
  const sku = { id: newId('sku'), unitsPerOrder: null, unitsPerBuyer: null };
  const supply = { sku, isSold: true, onHand: 9, unitsOfBuyer: 1 } as const;
  it.each<[what: string, change: object, quantity: number, whyNot: string | null]>([
    ['all of them', {}, 4, null],
    ['just as many as there are', { onHand: 4 }, 4, null],
    ['fewer in stock', { onHand: 3 }, 3, 'SoldOut'],
    ['none in stock', { onHand: 0 }, 0, 'SoldOut'],
    ['off the shelf', { isSold: false }, 0, 'NotOnSale'],
    ['just as many as one order may have', { sku: { ...sku, unitsPerOrder: 4 } }, 4, null],
    ['more than one order may have', { sku: { ...sku, unitsPerOrder: 2 } }, 2, 'OverOrderLimit'],
    ['just as many as the buyer may have', { sku: { ...sku, unitsPerBuyer: 5 } }, 4, null],
    ['more than the buyer may have', { sku: { ...sku, unitsPerBuyer: 4 } }, 3, 'OverBuyerLimit'],
    [
      'more than the buyer may have, who has too many',
      { sku: { ...sku, unitsPerBuyer: 1 }, unitsOfBuyer: 3 },
      0,
      'OverBuyerLimit',
    ],
    ['both limits', { sku: { ...sku, unitsPerOrder: 3, unitsPerBuyer: 2 } }, 1, 'OverOrderLimit'],
    ['a limit, and fewer in stock', { sku: { ...sku, unitsPerOrder: 3 }, onHand: 1 }, 1, 'OverOrderLimit'],
  ])('%s', (_what, change, quantity, whyNot) => {
    const again = againOf({ ...supply, ...change }, 4);
    expect([again.quantity, again.whyNot?.constructor.name ?? null]).toEqual([quantity, whyNot]);
  });

  it('says which SKU is short of what', () => {
    const limited = { ...supply, sku: { ...sku, unitsPerBuyer: 3 } };
    expect(againOf(limited, 4).whyNot).toMatchObject({ skuId: sku.id, unitsPerBuyer: 3, unitsLeft: 2 });
    expect(againOf({ ...supply, onHand: 1 }, 4).whyNot).toMatchObject({ skuId: sku.id });
  });
});
