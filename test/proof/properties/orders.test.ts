import { describe, expect, it } from '@jest/globals';
import { secondsAfter } from '#common';
import { checkoutLife, orderLife } from '#orders';
import { CheckoutStatus } from '../../../src/orders/checkout.entity.js';
import { OrderStatus } from '../../../src/orders/order.entity.js';
import { OrderNotRefundable, RefundTooLarge } from '../../../src/orders/order.refusals.js';
import { isInTime, mayRefund, OVER } from '../../../src/orders/order.rules.js';
import { itLives } from './lives.js';
import { fc } from './seeded.js';

itLives('a checkout', checkoutLife, {
  first: 'HELD',
  ends: ['PAID'],
  ways: [
    ['HELD', 'PAID'],
    ['HELD', 'RELEASED', 'PAID'],
  ],
  never: [
    ['PAID', 'RELEASED'],
    ['RELEASED', 'HELD'],
  ],
});

itLives('an order', orderLife, {
  first: 'UNPAID',
  ends: ['REFUNDED'],
  ways: [
    ['UNPAID', 'AWAITING_TEAM', 'TO_FULFIL', 'SHIPPED', 'RECEIVED', 'COMPLETED'],
    ['UNPAID', 'PAID', 'TO_FULFIL', 'SORTING', 'IN_TRANSIT', 'READY_FOR_PICKUP', 'COLLECTED', 'RECEIVED'],
    ['READY_FOR_PICKUP', 'UNCOLLECTED', 'RECEIVED'],
    ['UNPAID', 'CANCELLED', 'PAID_LATE', 'AWAITING_TEAM'],
    ['UNPAID', 'PAID_LATE'],
  ],
  never: [
    // What is paid is never unpaid again, and never cancelled: it is refunded.
    ...(['AWAITING_TEAM', 'PAID', 'PAID_LATE', 'TO_FULFIL', 'SHIPPED', 'RECEIVED', 'COMPLETED'] as const).flatMap(
      (paid) => [[paid, 'UNPAID'] as const, [paid, 'CANCELLED'] as const],
    ),
    // A released order comes back by a late payment only, so its money is looked at before its goods are.
    ['CANCELLED', 'UNPAID'],
    ['CANCELLED', 'PAID'],
    // A team that has decided does not decide again.
    ['TO_FULFIL', 'AWAITING_TEAM'],
    ['TO_FULFIL', 'PAID_LATE'],
    // A parcel is not sorted for a pickup point, and what is there is not sent.
    ['SHIPPED', 'SORTING'],
    ['SORTING', 'SHIPPED'],
    ['COLLECTED', 'UNCOLLECTED'],
    ['UNCOLLECTED', 'COLLECTED'],
    ['COMPLETED', 'RECEIVED'],
  ],
});

const PAID = Object.values(OrderStatus).filter((status) => !['UNPAID', 'CANCELLED', 'REFUNDED'].includes(status));

describe('the money of an order', () => {
  it.each(PAID)('can go back at once from %s', (status) => {
    expect(orderLife.allows(status, 'REFUNDED')).toBe(true);
  });

  it.each(OVER)('is left in peace at %s, but by a late payment and by the shop’s own decision', (status) => {
    const awake = orderLife.moves[status].filter((next) => next !== 'PAID_LATE' && next !== 'REFUNDED');
    expect(awake).toEqual([]);
  });
});

describe('a refund by an operator', () => {
  const minor = fc.integer({ min: 1, max: 1_000_000 });
  const statuses = fc.constantFrom(...Object.values(OrderStatus));

  it('never brings what is promised above what was paid, whatever is asked for and how often (INV-19)', () => {
    fc.assert(
      fc.property(minor, fc.array(minor), (payableMinor, asked) => {
        const order = { status: 'TO_FULFIL', payableMinor, refundingMinor: 0 } as const;
        const promisedMinor = asked.reduce((refundingMinor, amountMinor) => {
          const isGranted = mayRefund({ ...order, refundingMinor }, amountMinor) === null;
          return isGranted ? refundingMinor + amountMinor : refundingMinor;
        }, 0);
        expect(promisedMinor).toBeLessThanOrEqual(payableMinor);
      }),
    );
  });

  it('that is too large says how much is left, which is granted', () => {
    fc.assert(
      fc.property(minor, minor, fc.nat(), (payableMinor, amountMinor, promised) => {
        const order = { status: 'SHIPPED', payableMinor, refundingMinor: promised % payableMinor } as const;
        const answer = mayRefund(order, amountMinor);
        expect(answer === null).toBe(amountMinor <= payableMinor - order.refundingMinor);
        if (!(answer instanceof RefundTooLarge)) return;
        expect(mayRefund(order, answer.refundableMinor)).toBeNull();
        expect(mayRefund(order, answer.refundableMinor + 1)).toBeInstanceOf(RefundTooLarge);
      }),
    );
  });

  it('is only of an order that is paid and decided, whose money can go back', () => {
    fc.assert(
      fc.property(statuses, minor, (status, amountMinor) => {
        const answer = mayRefund({ status, payableMinor: amountMinor, refundingMinor: 0 }, amountMinor);
        if (answer === null) {
          expect(orderLife.allows(status, 'REFUNDED')).toBe(true);
          expect(['AWAITING_TEAM', 'PAID', 'PAID_LATE']).not.toContain(status);
        } else expect(answer).toBeInstanceOf(OrderNotRefundable);
      }),
    );
  });
});

describe('a payment', () => {
  const payUntil = new Date('2026-01-01T12:15:00Z');
  const milliseconds = fc.integer({ min: -2_000, max: 2_000 });

  it('is in time up to the last millisecond of what is still held, and never afterwards', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(CheckoutStatus)), milliseconds, (status, afterMs) => {
        const succeededAt = secondsAfter(payUntil, afterMs / 1_000);
        expect(isInTime({ status, payUntil }, succeededAt)).toBe(status === 'HELD' && afterMs <= 0);
      }),
    );
  });
});
