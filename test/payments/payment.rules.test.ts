import { describe, expect, it } from '@jest/globals';
import { secondsAfter } from '#common';
import type { CapturePurpose } from '../../src/payments/capture.entity.js';
import type { PaymentStatus } from '../../src/payments/payment.entity.js';
import { askRefundAgainAt, currencyOf, isOpen, nextQueryAt, purposeOf } from '../../src/payments/payment.rules.js';

const payment = { amountMinor: 10_000, currency: 'CNY' } as const;
const report = {
  ...payment,
  outTradeNo: '01k3qz5w3ve8grm6bz9s1x2y3h',
  transactionId: '4200001',
  succeededAt: '2026-01-01T12:00:00.000Z',
};

describe('what a capture is for', () => {
  // prettier-ignore
  it.each<{ what: string; change?: object; isPaid?: boolean; purpose: CapturePurpose }>([
    { what: 'as large as asked',                     purpose: 'CHECKOUT' },
    { what: 'a fen less',                            change: { amountMinor: 9_999 },  purpose: 'MISMATCHED' },
    { what: 'a fen more',                            change: { amountMinor: 10_001 }, purpose: 'MISMATCHED' },
    { what: 'in another currency',                   change: { currency: 'USD' },     purpose: 'MISMATCHED' },
    { what: 'for a checkout that is paid',           isPaid: true,                    purpose: 'DUPLICATE' },
    { what: 'for a paid checkout, and a fen more',   isPaid: true, change: { amountMinor: 10_001 }, purpose: 'DUPLICATE' },
  ])('$what: $purpose', ({ change = {}, isPaid = false, purpose }) => {
    expect(purposeOf(payment, { ...report, ...change }, { isPaid })).toBe(purpose);
  });
});

describe('a payment', () => {
  it.each<[status: PaymentStatus, open: boolean]>([
    ['INIT', true],
    ['PENDING', true],
    ['SUCCEEDED', false],
    ['CLOSED', false],
  ])('that is %s can still be paid: %s', (status, open) => {
    expect(isOpen({ status })).toBe(open);
  });
});

describe('the currency that the channel reports', () => {
  it('is booked if we use it', () => {
    expect(currencyOf(report)).toBe('CNY');
  });

  it('stops the job by its name if we do not', () => {
    expect(() => currencyOf({ ...report, currency: 'USD' })).toThrow('a currency that we do not use: USD');
  });
});

describe('asking the channel again', () => {
  const now = new Date('2026-01-01T12:00:00.000Z');

  // prettier-ignore
  it.each([
    { queries: 0,   payment: 60,    refund: 60 },
    { queries: 1,   payment: 300,   refund: 300 },
    { queries: 2,   payment: 900,   refund: 1_800 },
    { queries: 3,   payment: 1_800, refund: 7_200 },
    { queries: 4,   payment: 3_600, refund: 21_600 },
    { queries: 5,   payment: 3_600, refund: 43_200 },
    { queries: 6,   payment: 3_600, refund: 43_200 },
    { queries: 100, payment: 3_600, refund: 43_200 },
  ])('after $queries askings waits $payment seconds for a payment, $refund for a refund', ({ queries, payment, refund }) => {
    expect(nextQueryAt(queries, now)).toEqual(secondsAfter(now, payment));
    expect(askRefundAgainAt(queries, now)).toEqual(secondsAfter(now, refund));
  });
});
