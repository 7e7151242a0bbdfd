import { describe, expect, it } from '@jest/globals';
import { newId, sumMinor } from '#common';
import type { Units } from '#orders';
import {
  lastShares,
  type LineShare,
  type RefundedLine,
  sharesOf,
} from '../../../src/orders/refunding/line-refund.rules.js';
import { fc } from './seeded.js';

interface Ledger {
  readonly order: { payableMinor: number; refundingMinor: number; freightMinor: number };
  readonly lines: (RefundedLine & { refundingMinor: number })[];
}

/** An order as it can stand: paid, shipped as far as it may be, nothing given back yet. */
const orders: fc.Arbitrary<Ledger> = fc
  .record({
    freightMinor: fc.integer({ min: 0, max: 2_000 }),
    lines: fc.array(
      fc
        .record({ quantity: fc.integer({ min: 1, max: 6 }), unitPriceMinor: fc.integer({ min: 0, max: 5_000 }) })
        .chain((line) =>
          fc.record({ ...constants(line), shippedQuantity: fc.integer({ min: 0, max: line.quantity }) }),
        ),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ freightMinor, lines }) => ({
    order: {
      payableMinor: freightMinor + sumMinor(lines.map(({ quantity, unitPriceMinor }) => quantity * unitPriceMinor)),
      refundingMinor: 0,
      freightMinor,
    },
    lines: lines.map((line) => ({
      id: newId('line'),
      cancelledQuantity: 0,
      withheldQuantity: 0,
      claimedQuantity: 0,
      refundingQuantity: 0,
      refundingMinor: 0,
      ...line,
    })),
  }));

function constants<Row extends object>(row: Row): { [Key in keyof Row]: fc.Arbitrary<Row[Key]> } {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, fc.constant(value)])) as never;
}

/** What is asked back, one request after the other: for each line a share of what is left. */
const requests = fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 4, maxLength: 4 }), { maxLength: 8 });

function unitsLeft({ quantity, refundingQuantity }: RefundedLine): number {
  return quantity - refundingQuantity;
}

function asked({ lines }: Ledger, request: readonly number[]): Units[] {
  return lines
    .map((line, index) => ({ lineId: line.id, quantity: Math.min(request[index] ?? 0, unitsLeft(line)) }))
    .filter(({ quantity }) => quantity > 0);
}

/** Writes down what is promised, as the database does. */
function promise(ledger: Ledger, shares: readonly LineShare[], amountMinor: number): void {
  ledger.order.refundingMinor += amountMinor;
  for (const { lineId, quantity, cancelledQuantity, amountMinor: minor } of shares) {
    const line = ledger.lines.find(({ id }) => id === lineId)!;
    Object.assign(line, {
      refundingQuantity: line.refundingQuantity + quantity,
      cancelledQuantity: line.cancelledQuantity + cancelledQuantity,
      refundingMinor: line.refundingMinor + minor,
    });
  }
}

function expectSane({ order, lines }: Ledger): void {
  expect(order.refundingMinor).toBeLessThanOrEqual(order.payableMinor);
  for (const { quantity, unitPriceMinor, ...line } of lines) {
    expect(line.refundingQuantity).toBeLessThanOrEqual(quantity);
    expect(line.shippedQuantity + line.cancelledQuantity).toBeLessThanOrEqual(quantity);
    expect(line.cancelledQuantity).toBeLessThanOrEqual(line.refundingQuantity);
    expect(line.refundingMinor).toBeLessThanOrEqual(quantity * unitPriceMinor);
    expect(Math.min(line.refundingQuantity, line.cancelledQuantity, line.refundingMinor)).toBeGreaterThanOrEqual(0);
  }
}

describe('money that goes back by line', () => {
  it('is in whatever order of requests never more than was paid for the order or a line, and never for a unit twice', () => {
    fc.assert(
      fc.property(orders, requests, (ledger, all) => {
        for (const request of all) {
          const shares = sharesOf(ledger.order, ledger.lines, asked(ledger, request));
          expect(shares.amountMinor).toBe(
            sumMinor(shares.lines.map(({ amountMinor }) => amountMinor)) + shares.freightMinor,
          );
          promise(ledger, shares.lines, shares.amountMinor);
          expectSane(ledger);
        }
      }),
    );
  });

  it('is all of it, freight included, once every unit of an order is asked back of which nothing was shipped', () => {
    fc.assert(
      fc.property(orders, requests, (made, all) => {
        const ledger = { ...made, lines: made.lines.map((line) => ({ ...line, shippedQuantity: 0 })) };
        for (const request of [...all, [6, 6, 6, 6]]) {
          const shares = sharesOf(ledger.order, ledger.lines, asked(ledger, request));
          promise(ledger, shares.lines, shares.amountMinor);
        }
        expect(ledger.order.refundingMinor).toBe(ledger.order.payableMinor);
        expect(ledger.lines.map(unitsLeft)).toEqual(ledger.lines.map(() => 0));
      }),
    );
  });

  it('leaves the freight of what was shipped with the shop, and the price of every unit that nobody asks back', () => {
    fc.assert(
      fc.property(orders, requests, (made, all) => {
        const ledger = { ...made, lines: made.lines.map((line) => ({ ...line, shippedQuantity: line.quantity })) };
        for (const request of all) {
          const shares = sharesOf(ledger.order, ledger.lines, asked(ledger, request));
          expect(shares.freightMinor).toBe(0);
          promise(ledger, shares.lines, shares.amountMinor);
        }
        const { payableMinor, refundingMinor, freightMinor } = ledger.order;
        const keptMinor = sumMinor(ledger.lines.map((line) => unitsLeft(line) * line.unitPriceMinor));
        if (freightMinor > 0) expect(payableMinor - refundingMinor).toBe(freightMinor + keptMinor);
      }),
    );
  });

  it('after an amount without lines is at most what is left, and the last of it counts every unit as given back', () => {
    fc.assert(
      fc.property(orders, fc.double({ min: 0, max: 1, noNaN: true }), requests, (ledger, share, all) => {
        promise(ledger, [], Math.floor(ledger.order.payableMinor * share));
        for (const request of all) {
          const shares = sharesOf(ledger.order, ledger.lines, asked(ledger, request));
          promise(ledger, shares.lines, shares.amountMinor);
          expectSane(ledger);
        }
        const leftMinor = ledger.order.payableMinor - ledger.order.refundingMinor;
        promise(ledger, lastShares(ledger.lines, leftMinor), leftMinor);
        expectSane(ledger);
        expect(ledger.lines.map(unitsLeft)).toEqual(ledger.lines.map(() => 0));
      }),
    );
  });
});
