import { describe, expect, it } from '@jest/globals';
import { newId, sumMinor } from '#common';
import { invoiceLife } from '#invoices';
import { saysTooMuch, sheetOf } from '../../../src/invoices/invoice.rules.js';
import { itLives } from './lives.js';
import { fc } from './seeded.js';

itLives('an invoice', invoiceLife, {
  first: 'REQUESTED',
  ends: ['REVERSED', 'FAILED', 'CANCELLED'],
  ways: [
    ['REQUESTED', 'ISSUING', 'ISSUED', 'REVERSING', 'REVERSED'],
    ['REQUESTED', 'ISSUING', 'FAILED'],
    ['REQUESTED', 'FAILED'],
    ['REQUESTED', 'CANCELLED'],
  ],
  never: [
    ['ISSUING', 'CANCELLED'],
    ['ISSUED', 'FAILED'],
    ['REVERSING', 'ISSUED'],
  ],
});

const lines = fc.array(
  fc
    .record({
      unitPriceMinor: fc.integer({ min: 0, max: 1_000_000 }),
      quantity: fc.integer({ min: 1, max: 9_999 }),
      back: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ unitPriceMinor, quantity, back }) => {
      const refundingQuantity = Math.floor(quantity * back);
      return {
        ...{ id: newId('line'), title: '苹果', unitPriceMinor, quantity, refundingQuantity },
        ...{ amountMinor: quantity * unitPriceMinor, refundingMinor: refundingQuantity * unitPriceMinor },
      };
    }),
  { minLength: 1, maxLength: 10 },
);

describe('what is on an invoice', () => {
  it('is exactly what was paid less what goes back, in parts of whole fen, and none for units that went back', () => {
    fc.assert(
      fc.property(lines, fc.nat(100_000), fc.double({ min: 0, max: 1, noNaN: true }), (bought, freightMinor, gift) => {
        const payableMinor = freightMinor + sumMinor(bought.map(({ amountMinor }) => amountMinor));
        const byLineMinor = sumMinor(bought.map(({ refundingMinor }) => refundingMinor));
        // An operator gave something back without lines.
        const refundingMinor = byLineMinor + Math.floor((payableMinor - byLineMinor) * gift);
        const order = { payableMinor, refundingMinor, freightMinor };
        const sheet = sheetOf(order, bought);
        const leftMinor = payableMinor - refundingMinor;
        if (!sheet) {
          expect(leftMinor).toBe(0);
          return;
        }
        const amounts = [sheet.freightMinor, ...sheet.lines.map(({ amountMinor }) => amountMinor)];
        expect([sheet.amountMinor, sumMinor(amounts)]).toEqual([leftMinor, leftMinor]);
        expect(amounts.every((minor) => Number.isSafeInteger(minor) && minor >= 0)).toBe(true);
        for (const { lineId, quantity, unitPriceMinor, amountMinor } of sheet.lines) {
          const line = bought.find(({ id }) => id === lineId)!;
          expect(quantity).toBe(line.quantity - line.refundingQuantity);
          expect(amountMinor).toBeLessThanOrEqual(quantity * unitPriceMinor);
        }
        expect(saysTooMuch(sheet, order)).toBe(false);
        expect(saysTooMuch(sheet, { ...order, refundingMinor: refundingMinor + 1 })).toBe(true);
      }),
    );
  });
});
