import { describe, expect, it } from '@jest/globals';
import { OrderStatus } from '#orders';
import {
  CORRECTIONS_MAX,
  isAllShipped,
  isHopeless,
  itemDescription,
  modeOf,
  nextSentAt,
  nextTryAt,
  uploadLife,
  type Verdict,
  verdictOn,
} from '../../src/fulfilment/uploads/upload.rules.js';

const NOW = new Date('2026-11-22T00:00:00.000Z');

describe('WeChat’s no', () => {
  // prettier-ignore
  it.each<[code: string, isRetryable: boolean, verdict: Verdict]>([
    ['10060001',  false, 'LATER'],  // unknown payment, right after it
    ['10060002',  false, 'OVER'],
    ['10060003',  false, 'OVER'],
    ['10060004',  false, 'STUCK'],
    ['10060005',  false, 'STUCK'],
    ['10060007',  false, 'STUCK'],
    ['10060009',  false, 'STUCK'],
    ['10060012',  false, 'LATER'],
    ['10060014',  false, 'STUCK'],
    ['10060019',  false, 'LATER'],
    ['10060023',  false, 'KNOWN'],
    ['10060031',  false, 'STUCK'],
    ['268485194', false, 'STUCK'],
    ['268485216', false, 'LATER'],  // overtaken
    ['268485228', false, 'STUCK'],
    ['40001',     false, 'STUCK'],  // after a new token was tried
    ['45009',     true,  'LATER'],
    ['-1',        true,  'LATER'],
    ['NETWORK',   true,  'LATER'],
    ['10060023',  true,  'KNOWN'],
  ])('%s, retryable %s, means %s', (code, isRetryable, verdict) => {
    expect(verdictOn({ code, isRetryable })).toBe(verdict);
  });
});

describe('the plan', () => {
  it('has some minutes of patience, then an hour between two attempts, and half a day in all', () => {
    const gaps = Array.from(
      { length: 18 },
      (_, index) => (nextTryAt(index + 1, NOW).getTime() - NOW.getTime()) / 1_000,
    );
    expect(gaps.slice(0, 9)).toEqual([15, 30, 60, 60, 120, 300, 600, 1_800, 3_600]);
    expect(new Set(gaps.slice(8))).toEqual(new Set([3_600]));
  });

  it.each([
    [17, false],
    [18, true],
    [19, true],
  ])('is hopeless after %i failures: %s', (failures, answer) => {
    expect(isHopeless(failures)).toBe(answer);
  });
});

describe('the time of an upload', () => {
  it.each([
    [null, 0],
    [new Date(NOW.getTime() - 1), 0],
    [NOW, 1],
    [new Date(NOW.getTime() + 500), 501],
  ])('after one at %s is %i ms later than now', (sentAt, milliseconds) => {
    expect(nextSentAt({ sentAt }, NOW).getTime() - NOW.getTime()).toBe(milliseconds);
  });
});

describe('how it is told', () => {
  it.each([
    [null, 1, true, 'UNIFIED'],
    [null, 1, false, 'SPLIT'],
    [null, 2, true, 'SPLIT'],
    ['SPLIT', 1, true, 'SPLIT'],
    ['UNIFIED', 1, true, 'UNIFIED'],
  ] as const)('first as %s, with %i parcels, all of it %s, is %s', (mode, parcels, isAllDelivered, said) => {
    expect(modeOf({ mode }, { parcels, isAllDelivered })).toBe(said);
  });

  it('takes one correction', () => {
    expect(CORRECTIONS_MAX).toBe(1);
  });

  it.each([
    [[{ title: '苹果 五斤', quantity: 2 }], '苹果 五斤×2'],
    [
      [
        { title: '苹果', quantity: 2 },
        { title: '梨', quantity: 1 },
      ],
      '苹果×2、梨×1',
    ],
    [[{ title: '🍎'.repeat(200), quantity: 2 }], '🍎'.repeat(120)],
  ])('with %j in it says %s', (items, text) => {
    expect(itemDescription(items)).toBe(text);
  });
});

describe.each(Object.values(OrderStatus))('of an order that is %s', (status) => {
  it('nothing more is to come if nothing is left, or it is over without that', () => {
    expect(isAllShipped({ status }, [{ quantity: 2, shippedQuantity: 2, cancelledQuantity: 0 }])).toBe(true);
    const isOver = status === 'REFUNDED' || status === 'CANCELLED';
    expect(isAllShipped({ status }, [{ quantity: 2, shippedQuantity: 1, cancelledQuantity: 0 }])).toBe(isOver);
  });
});

it('an upload that WeChat takes no more of stays so', () => {
  expect(uploadLife.moves).toEqual({
    PENDING: ['UPLOADED', 'STUCK', 'CLOSED'],
    UPLOADED: ['PENDING'],
    STUCK: ['PENDING'],
    CLOSED: [],
  });
});
