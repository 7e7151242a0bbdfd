import { describe, expect, it } from '@jest/globals';
import { paymentLife, refundLife, type TradeReport } from '#payments';
import {
  askRefundAgainAt,
  FOR_OPERATORS,
  isForOperators,
  isOpen,
  nextQueryAt,
  purposeOf,
  REFUND_GAP_SECONDS,
  REFUND_PATIENCE_SECONDS,
} from '../../../src/payments/payment.rules.js';
import { PaymentStatus } from '../../../src/payments/payment.entity.js';
import { RefundStatus } from '../../../src/payments/refund.entity.js';
import { itLives, later } from './lives.js';
import { fc } from './seeded.js';

itLives('a payment', paymentLife, {
  first: 'INIT',
  ends: ['SUCCEEDED'],
  ways: [
    ['INIT', 'PENDING', 'SUCCEEDED'],
    ['PENDING', 'CLOSED', 'SUCCEEDED'],
    ['INIT', 'SUCCEEDED'],
    ['INIT', 'CLOSED'],
  ],
  never: [
    ['PENDING', 'INIT'],
    ['CLOSED', 'INIT'],
    ['CLOSED', 'PENDING'],
    ['SUCCEEDED', 'CLOSED'],
  ],
});

itLives('a refund', refundLife, {
  first: 'CREATED',
  ends: ['SUCCEEDED', 'CLOSED'],
  ways: [
    ['CREATED', 'SUBMITTED', 'SUCCEEDED'],
    ['CREATED', 'SUCCEEDED'],
    ['CREATED', 'MANUAL', 'SUBMITTED', 'CLOSED'],
    ['SUBMITTED', 'ABNORMAL', 'SUBMITTED', 'MANUAL', 'ABNORMAL'],
    ['ABNORMAL', 'SUCCEEDED'],
    ['ABNORMAL', 'CLOSED'],
    ['MANUAL', 'SUCCEEDED'],
    ['MANUAL', 'CLOSED'],
  ],
  again: ['SUBMITTED', 'ABNORMAL', 'MANUAL'],
  never: [
    ['SUBMITTED', 'CREATED'],
    ['SUCCEEDED', 'SUBMITTED'],
    ['SUCCEEDED', 'CLOSED'],
    ['CLOSED', 'SUCCEEDED'],
    ['CLOSED', 'SUBMITTED'],
  ],
});

describe('money that is owed', () => {
  it.each(Object.values(RefundStatus).filter((status) => !refundLife.isTerminal(status)))(
    'can still be paid back from %s',
    (status) => {
      expect([...later(refundLife, status)]).toContain('SUCCEEDED');
    },
  );

  it('waits for operators in those statuses only that are still owed', () => {
    const waiting = Object.values(RefundStatus).filter((status) => isForOperators(status));
    expect(waiting.toSorted()).toEqual([...FOR_OPERATORS].toSorted());
    expect(waiting.filter((status) => refundLife.isTerminal(status))).toEqual([]);
  });

  it('can come for every payment that is not paid yet; one that is no longer open is not opened again', () => {
    for (const status of Object.values(PaymentStatus)) {
      expect(paymentLife.allows(status, 'SUCCEEDED')).toBe(status !== 'SUCCEEDED');
      if (!isOpen({ status }))
        expect([...later(paymentLife, status)].some((next) => isOpen({ status: next }))).toBe(false);
    }
  });
});

describe('what the channel takes for a checkout', () => {
  const reports = fc.array(
    fc.record<TradeReport>({
      outTradeNo: fc.constantFrom('1', '2'),
      transactionId: fc.string(),
      amountMinor: fc.constantFrom(99, 100, 101),
      currency: fc.constantFrom('CNY', 'USD'),
      succeededAt: fc.constant('2026-01-01T12:00:00+08:00'),
    }),
    { maxLength: 8 },
  );
  const asked = { amountMinor: 100, currency: 'CNY' } as const;

  it('pays it once, with the first capture of just what was asked; everything else goes back (INV-12)', () => {
    fc.assert(
      fc.property(reports, (each) => {
        let isPaid = false;
        const purposes = each.map((report) => {
          const purpose = purposeOf(asked, report, { isPaid });
          isPaid ||= purpose === 'CHECKOUT';
          return purpose;
        });
        const paying = each.findIndex(({ amountMinor, currency }) => amountMinor === 100 && currency === 'CNY');
        const before = paying === -1 ? each.length : paying;
        expect(purposes.slice(0, before)).toEqual(each.slice(0, before).map(() => 'MISMATCHED'));
        expect(purposes.slice(before, before + 1)).toEqual(paying === -1 ? [] : ['CHECKOUT']);
        expect(purposes.slice(before + 1)).toEqual(each.slice(before + 1).map(() => 'DUPLICATE'));
      }),
    );
  });
});

describe('asking the channel again', () => {
  const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
  const secondsUntil = (at: Date, now: Date): number => (at.getTime() - now.getTime()) / 1_000;

  it.each([
    { what: 'about a payment', plan: nextQueryAt, atLeastSeconds: 60, atMostSeconds: 3_600 },
    { what: 'about a refund', plan: askRefundAgainAt, atLeastSeconds: REFUND_GAP_SECONDS, atMostSeconds: 43_200 },
  ])('$what happens after a while that never shrinks and is never out of bounds', ({ plan, ...bounds }) => {
    fc.assert(
      fc.property(instants, fc.oneof(fc.nat(8), fc.nat(100_000)), fc.nat(2), (now, queries, more) => {
        const waits = [queries, queries + more].map((each) => secondsUntil(plan(each, now), now));
        expect(waits[0]).toBeLessThanOrEqual(waits[1]!);
        expect(Math.min(...waits)).toBeGreaterThanOrEqual(bounds.atLeastSeconds);
        expect(Math.max(...waits)).toBeLessThanOrEqual(bounds.atMostSeconds);
      }),
    );
  });

  it('about a refund happens often enough that its patience does not end unasked, whenever it was sent', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: REFUND_PATIENCE_SECONDS - 43_200 }), (createdAt, sentSeconds) => {
        const manualAfter = createdAt.getTime() + REFUND_PATIENCE_SECONDS * 1_000;
        const sentAt = new Date(createdAt.getTime() + sentSeconds * 1_000);
        const asked = [sentAt];
        while (asked.at(-1)!.getTime() < manualAfter) asked.push(askRefundAgainAt(asked.length, asked.at(-1)!));
        const inTime = asked.filter((at) => at.getTime() <= manualAfter);
        expect(manualAfter - inTime.at(-1)!.getTime()).toBeLessThanOrEqual(43_200_000);
        expect(inTime.length).toBeGreaterThan(1);
      }),
    );
  });
});
