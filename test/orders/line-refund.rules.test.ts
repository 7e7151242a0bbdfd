import { describe, expect, it } from '@jest/globals';
import type { LineId } from '#orders';
import {
  lastShares,
  mayRefundUnits,
  type RefundedLine,
  sharesOf,
} from '../../src/orders/refunding/line-refund.rules.js';
import { OrderStatus } from '../../src/orders/order.entity.js';

const [A, B]: LineId[] = ['line_a', 'line_b'];

function line(id: LineId, quantity: number, said: Partial<RefundedLine> = {}): RefundedLine {
  return {
    ...{ id, quantity, shippedQuantity: 0, cancelledQuantity: 0, refundingQuantity: 0 },
    ...{ claimedQuantity: 0, withheldQuantity: 0, unitPriceMinor: 100 },
    ...said,
  };
}

/** Three of A at 100, two of B at 50, and 20 of freight. */
const LINES = [line(A!, 3), line(B!, 2, { unitPriceMinor: 50 })];
const ORDER = { payableMinor: 420, refundingMinor: 0, freightMinor: 20 };
const shipped = (lines: readonly RefundedLine[]): RefundedLine[] =>
  lines.map((one) => ({ ...one, shippedQuantity: one.quantity }));

describe('what goes back', () => {
  it('for some units that are not shipped is their price, and they are cancelled', () => {
    expect(sharesOf(ORDER, LINES, [{ lineId: A!, quantity: 2 }])).toEqual({
      lines: [{ lineId: A, quantity: 2, cancelledQuantity: 2, amountMinor: 200 }],
      ...{ freightMinor: 0, amountMinor: 200 },
    });
  });

  it('for all units has the freight if nothing was shipped, also when they go one after the other', () => {
    const all = [
      { lineId: A!, quantity: 3 },
      { lineId: B!, quantity: 2 },
    ];
    expect(sharesOf(ORDER, LINES, all)).toMatchObject({ freightMinor: 20, amountMinor: 420 });
    const later = [line(A!, 3, { cancelledQuantity: 3, refundingQuantity: 3 }), LINES[1]!];
    expect(sharesOf({ ...ORDER, refundingMinor: 300 }, later, all.slice(1))).toEqual({
      lines: [{ lineId: B, quantity: 2, cancelledQuantity: 2, amountMinor: 100 }],
      ...{ freightMinor: 20, amountMinor: 120 },
    });
  });

  it('for shipped units has no freight, and nothing of them is cancelled', () => {
    const all = [
      { lineId: A!, quantity: 3 },
      { lineId: B!, quantity: 2 },
    ];
    const { lines, freightMinor, amountMinor } = sharesOf(ORDER, shipped(LINES), all);
    expect({ freightMinor, amountMinor }).toEqual({ freightMinor: 0, amountMinor: 400 });
    expect(lines.map(({ cancelledQuantity }) => cancelledQuantity)).toEqual([0, 0]);
  });

  it.each([
    [1, 0, 1],
    [2, 0, 2],
    [3, 0, 2],
    [1, 1, 1],
    [2, 1, 1],
  ])('for %i units of three, of which one is shipped and %i cancelled, cancels %i', (quantity, cancelled, answer) => {
    const lines = [
      line(A!, 3, { shippedQuantity: 1, cancelledQuantity: cancelled, refundingQuantity: cancelled }),
      LINES[1]!,
    ];
    expect(sharesOf(ORDER, lines, [{ lineId: A!, quantity }]).lines[0]?.cancelledQuantity).toBe(answer);
  });

  it('for units that were shipped, as whoever asks knows, leaves alone what is still to be shipped', () => {
    const lines = [line(A!, 3, { shippedQuantity: 1 }), LINES[1]!];
    const shares = sharesOf(ORDER, lines, [{ lineId: A!, quantity: 1, isShipped: true }]);
    expect(shares.lines).toEqual([{ lineId: A, quantity: 1, cancelledQuantity: 0, amountMinor: 100 }]);
  });

  it.each([
    [300, 100, 0],
    [301, 100, 0],
    [350, 70, 0],
    [419, 1, 0],
  ])('after %i went back without lines is %i for a unit, and %i of freight', (refundingMinor, amountMinor, freight) => {
    const shares = sharesOf({ ...ORDER, refundingMinor }, LINES, [{ lineId: A!, quantity: 1 }]);
    expect(shares).toMatchObject({ amountMinor, freightMinor: freight });
  });

  it('leaves what open cases ask for, and withhold, to them', () => {
    const lines = [line(A!, 3, { shippedQuantity: 1, claimedQuantity: 1, withheldQuantity: 1 })];
    const order = { payableMinor: 300, refundingMinor: 0, freightMinor: 0 };
    expect(sharesOf(order, lines, [{ lineId: A!, quantity: 2 }]).lines).toEqual([
      { lineId: A, quantity: 2, cancelledQuantity: 1, amountMinor: 200 },
    ]);
    expect(lastShares(lines, 300)).toEqual([{ lineId: A, quantity: 2, cancelledQuantity: 0, amountMinor: 200 }]);
  });

  it('counts every unit with the last of the money, and cancels only what was asked', () => {
    expect(sharesOf({ ...ORDER, refundingMinor: 320 }, LINES, [{ lineId: A!, quantity: 1 }]).lines).toEqual([
      { lineId: A, quantity: 3, cancelledQuantity: 1, amountMinor: 100 },
      { lineId: B, quantity: 2, cancelledQuantity: 0, amountMinor: 0 },
    ]);
  });

  it('takes the goods before the freight when there is too little for both', () => {
    const all = [
      { lineId: A!, quantity: 3 },
      { lineId: B!, quantity: 2 },
    ];
    expect(sharesOf({ ...ORDER, refundingMinor: 15 }, LINES, all)).toMatchObject({ freightMinor: 5, amountMinor: 405 });
    expect(sharesOf({ ...ORDER, refundingMinor: 70 }, LINES, all)).toMatchObject({ freightMinor: 0, amountMinor: 350 });
  });
});

describe('the last of an order’s money', () => {
  it('is for all units that are left, the first lines first', () => {
    const lines = [line(A!, 3, { refundingQuantity: 1 }), line(B!, 2, { unitPriceMinor: 50 })];
    expect(lastShares(lines, 230)).toEqual([
      { lineId: A, quantity: 2, cancelledQuantity: 0, amountMinor: 200 },
      { lineId: B, quantity: 2, cancelledQuantity: 0, amountMinor: 30 },
    ]);
    expect(lastShares([line(A!, 3, { refundingQuantity: 3 })], 20)).toEqual([]);
  });
});

describe('units of an order', () => {
  const OPEN: readonly OrderStatus[] = [
    ...(['TO_FULFIL', 'SHIPPED', 'SORTING', 'IN_TRANSIT', 'READY_FOR_PICKUP', 'COLLECTED'] as const),
    ...(['UNCOLLECTED', 'RECEIVED'] as const),
  ];
  it.each(
    Object.values(OrderStatus).map((status) => ({
      status,
      afterSale: OPEN.includes(status),
      recall: OPEN.includes(status) || status === 'COMPLETED',
    })),
  )('that is $status go back after sale: $afterSale, by recall: $recall', ({ status, afterSale, recall }) => {
    const order = { status, payableMinor: 100, refundingMinor: 99 };
    expect(mayRefundUnits(order, 'AFTER_SALE') === null).toBe(afterSale);
    expect(mayRefundUnits(order, 'RECALL') === null).toBe(recall);
    const none = mayRefundUnits({ ...order, refundingMinor: 100 }, 'RECALL');
    expect(none).toMatchObject({ status });
  });
});
