import { describe, expect, it } from '@jest/globals';
import type { StockLine } from '#catalog';
import { totalUnits } from '../../../src/catalog/stock/stock.rules.js';
import { fc } from './seeded.js';

const lines = fc.array(
  fc.record<StockLine>({
    orderId: fc.constantFrom('order_1', 'order_2'),
    hold: fc.constantFrom(1, 2),
    skuId: fc.constantFrom('sku_1', 'sku_2', 'sku_3', 'sku_10'),
    allotmentId: fc.constantFrom(null, 'allotment_1', 'allotment_2'),
    quantity: fc.integer({ min: 1, max: 1_000_000 }),
  }),
  { maxLength: 12 },
);
const unitsOf = (each: readonly { readonly quantity: number }[]): number =>
  each.reduce((sum, { quantity }) => sum + quantity, 0);

describe('units that are totalled', () => {
  it('are all there, under their own key, and no key comes twice', () => {
    fc.assert(
      fc.property(lines, (each) => {
        const totals = totalUnits(each, ({ skuId }) => skuId);
        for (const { key, quantity } of totals) {
          expect(quantity).toBe(unitsOf(each.filter(({ skuId }) => skuId === key)));
        }
        expect(unitsOf(totals)).toBe(unitsOf(each));
        expect(new Set(totals.map(({ key }) => key)).size).toBe(totals.length);
      }),
    );
  });

  it('come in the order of their keys whichever line was first, so that rows are locked in one order', () => {
    fc.assert(
      fc.property(
        lines.chain((each) => fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length }))),
        ([each, shuffled]) => {
          const totals = totalUnits(each, ({ skuId }) => skuId);
          const keys = totals.map(({ key }) => key);
          expect(totalUnits(shuffled, ({ skuId }) => skuId)).toEqual(totals);
          expect(keys).toEqual(keys.toSorted());
        },
      ),
    );
  });

  it('are those of an allotment only where a line has one', () => {
    fc.assert(
      fc.property(lines, (each) => {
        const totals = totalUnits(each, ({ allotmentId }) => allotmentId);
        expect(unitsOf(totals)).toBe(unitsOf(each.filter(({ allotmentId }) => allotmentId !== null)));
      }),
    );
  });
});
