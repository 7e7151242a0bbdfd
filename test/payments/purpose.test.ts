import { describe, expect, it } from '@jest/globals';
import type { CapturePurpose } from '../../src/payments/capture.entity.js';
import { purposeOf } from '../../src/payments/payment.rules.js';

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
