import { describe, expect, it } from '@jest/globals';
import type { RefundId } from '#payments';
import { AfterSaleStatus } from '../../src/after-sale/cases/after-sale.entity.js';
import {
  afterSaleLife,
  approvedAs,
  CLOCK_DECIDES,
  isDecision,
  isDue,
  isPromised,
  timesAt,
  withholds,
} from '../../src/after-sale/cases/case.rules.js';
import { mayAppeal, mayCancel, maySend } from '../../src/after-sale/own/own-case.rules.js';
import { newestOf } from '../../src/after-sale/pages/newest-refund.rules.js';

const NOW = new Date('2026-03-01T00:00:00Z');
const HOUR = 3_600_000;
const later = (milliseconds: number): Date => new Date(NOW.getTime() + milliseconds);
const ALL = Object.values(AfterSaleStatus);
const among = (...statuses: AfterSaleStatus[]) => ALL.map((status) => ({ status, answer: statuses.includes(status) }));

it('a case goes these ways and no other', () => {
  expect(afterSaleLife.moves).toEqual({
    APPLIED: ['APPROVED', 'REJECTED', 'CANCELLED'],
    APPROVED: ['RETURNING', 'REFUNDING', 'CANCELLED'],
    RETURNING: ['RETURNED', 'CANCELLED'],
    RETURNED: ['REFUNDING', 'REJECTED'],
    REFUNDING: ['DONE'],
    DONE: [],
    REJECTED: ['APPEALED'],
    APPEALED: ['APPROVED', 'REFUNDING', 'REJECTED', 'CANCELLED'],
    CANCELLED: [],
  });
});

describe('a case that comes to', () => {
  // prettier-ignore
  it.each<[to: AfterSaleStatus, isAppealed: boolean, hours: number | null]>([
    ['APPLIED',   false, 48],
    ['APPROVED',  false, 7 * 24],
    ['APPROVED',  true,  7 * 24],
    ['RETURNING', false, 7 * 24],
    ['RETURNED',  false, 0],
    ['REFUNDING', false, 7 * 24],
    ['REJECTED',  false, 3 * 24],
    ['REJECTED',  true,  null],
    ['APPEALED',  true,  3 * 24],
    ['DONE',      false, null],
    ['CANCELLED', true,  null],
  ])('%s, appealed: %s, is due after %s hours', (to, isAppealed, hours) => {
    expect(timesAt(to, { isAppealed }, NOW)).toEqual(
      hours === null ? { dueAt: null, closedAt: NOW } : { dueAt: later(hours * HOUR), closedAt: null },
    );
  });
});

describe('the buyer hears of', () => {
  // prettier-ignore
  it.each<[from: AfterSaleStatus, to: AfterSaleStatus, isAnswer: boolean]>([
    ['APPLIED',   'APPROVED',  true],
    ['APPLIED',   'REJECTED',  true],
    ['RETURNED',  'REJECTED',  true],
    ['APPEALED',  'REJECTED',  true],
    ['APPEALED',  'APPROVED',  true],
    ['APPEALED',  'REFUNDING', true],
    ['APPROVED',  'REFUNDING', false],
    ['RETURNED',  'REFUNDING', false],
    ['APPLIED',   'CANCELLED', false],
    ['APPROVED',  'RETURNING', false],
    ['REFUNDING', 'DONE',      false],
  ])('%s that becomes %s: %s', (from, to, isAnswer) => {
    expect(isDecision(from, to)).toBe(isAnswer);
  });
});

describe('the clock', () => {
  it.each(among(...CLOCK_DECIDES))('decides on a case that is $status: $answer', ({ status, answer }) => {
    expect(isDue({ status, dueAt: NOW }, NOW)).toBe(answer);
    expect(isDue({ status, dueAt: later(1) }, NOW)).toBe(false);
    expect(isDue({ status, dueAt: null }, NOW)).toBe(false);
  });
});

it.each(among('APPLIED'))('a case that is $status withholds what is not shipped: $answer', ({ status, answer }) => {
  expect(withholds({ status, isUnshipped: true })).toBe(answer);
  expect(withholds({ status, isUnshipped: false })).toBe(false);
});

it.each(among('REFUNDING', 'DONE'))(
  'the money of a case that is $status is promised: $answer',
  ({ status, answer }) => {
    expect(isPromised({ status })).toBe(answer);
  },
);

it.each([
  ['REFUND_ONLY', null, 'REFUNDING'],
  ['RETURN_AND_REFUND', null, 'APPROVED'],
  ['RETURN_AND_REFUND', NOW, 'REFUNDING'],
] as const)('%s that was sent back at %s is approved as %s', (kind, sentAt, answer) => {
  expect(approvedAs({ kind, sentAt })).toBe(answer);
});

describe('a buyer', () => {
  it.each(among('APPLIED', 'APPROVED', 'APPEALED'))(
    'gives up a case that is $status: $answer',
    ({ status, answer }) => {
      expect(mayCancel({ status, sentAt: null }) === null).toBe(answer);
      expect(mayCancel({ status, sentAt: NOW })).toMatchObject({ status });
    },
  );

  it.each(among('APPROVED'))('sends back the goods of a case that is $status: $answer', ({ status, answer }) => {
    if (answer) expect(maySend({ status })).toBeNull();
    else expect(maySend({ status })).toMatchObject({ status });
  });

  it.each(among('REJECTED'))('appeals against a case that is $status: $answer', ({ status, answer }) => {
    expect(mayAppeal({ status, isAppealed: false, dueAt: later(1) }, NOW) === null).toBe(answer);
    expect(mayAppeal({ status, isAppealed: true, dueAt: later(1) }, NOW)).toMatchObject({ status });
    expect(mayAppeal({ status, isAppealed: false, dueAt: NOW }, NOW)).toMatchObject({ status });
    expect(mayAppeal({ status, isAppealed: false, dueAt: null }, NOW)).toMatchObject({ status });
  });
});

describe('the refund that stands for a promised one', () => {
  const idOf = (name: string): RefundId => `refund_${name}`;
  const refund = (name: string, predecessor: string | null) => ({
    ...{ id: idOf(name), predecessorId: predecessor === null ? null : idOf(predecessor) },
  });
  const rows = [refund('a', null), refund('b', 'a'), refund('c', null), refund('d', 'b')];
  it.each([
    ['refund_a', 'refund_d'],
    ['refund_b', 'refund_d'],
    ['refund_c', 'refund_c'],
    ['refund_x', undefined],
  ] as [RefundId, string | undefined][])('%s is %s', (promised, newest) => {
    expect(newestOf(rows, promised)?.id).toBe(newest);
  });
});
