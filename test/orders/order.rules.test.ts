import { describe, expect, it } from '@jest/globals';
import type { CheckoutStatus } from '../../src/orders/checkout.entity.js';
import { OrderStatus } from '../../src/orders/order.entity.js';
import { isInTime, mayRefund } from '../../src/orders/order.rules.js';

const PAY_UNTIL = new Date('2026-01-01T12:15:00.000Z');
const at = (millisecondsLater: number): Date => new Date(PAY_UNTIL.getTime() + millisecondsLater);

describe('a payment', () => {
  // prettier-ignore
  it.each<{ what: string; status: CheckoutStatus; succeededAt: Date; inTime: boolean }>([
    { what: 'within its window',                            status: 'HELD',     succeededAt: at(-1), inTime: true },
    { what: 'at the last instant of it',                    status: 'HELD',     succeededAt: at(0),  inTime: true },
    { what: 'a millisecond later, though all is still held', status: 'HELD',    succeededAt: at(1),  inTime: false },
    { what: 'within its window, heard of after the release', status: 'RELEASED', succeededAt: at(-1), inTime: false },
  ])('$what is in time: $inTime', ({ status, succeededAt, inTime }) => {
    expect(isInTime({ status, payUntil: PAY_UNTIL }, succeededAt)).toBe(inTime);
  });
});

describe('an operator', () => {
  const payableMinor = 2_990;
  const REFUNDABLE: readonly OrderStatus[] = [
    ...(['TO_FULFIL', 'SHIPPED', 'SORTING', 'IN_TRANSIT'] as const),
    ...(['READY_FOR_PICKUP', 'COLLECTED', 'UNCOLLECTED', 'RECEIVED', 'COMPLETED'] as const),
  ];

  it.each(Object.values(OrderStatus).map((status) => ({ status, mayGive: REFUNDABLE.includes(status) })))(
    'may give money back for an order that is $status: $mayGive',
    ({ status, mayGive }) => {
      const answer = mayRefund({ status, payableMinor, refundingMinor: 0 }, payableMinor);
      expect(answer?.constructor.name).toBe(mayGive ? undefined : 'OrderNotRefundable');
    },
  );
});
