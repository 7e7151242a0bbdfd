import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FindingAdvice, FindingStatus } from '../../src/reconciliation/finding.kinds.js';
import { BillDayStatus } from '../../src/reconciliation/bill-day.entity.js';
import {
  adviceFor,
  billDayLife,
  canChannelTell,
  channelDayOf,
  daysToReconcile,
  type Difference,
  findingLife,
  spanOf,
  tryAgainSeconds,
  whatToDo,
} from '../../src/reconciliation/reconciliation.rules.js';

const china = (time: string): Date => new Date(`${time.replace(' ', 'T')}+08:00`);

describe('a day of the channel', () => {
  it.each<[time: string, day: string]>([
    ['2026-11-22 00:00:00', '2026-11-22'],
    ['2026-11-22 23:59:59', '2026-11-22'],
    ['2026-12-31 23:59:59', '2026-12-31'],
  ])('has %s in China in it: %s', (time, day) => {
    expect(channelDayOf(china(time))).toBe(day);
  });

  it('spans what is named after it, and nothing else', () => {
    expect(spanOf('2026-03-01')).toEqual({ from: china('2026-03-01 00:00:00'), until: china('2026-03-02 00:00:00') });
    const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, (instant) => {
        const { from, until } = spanOf(channelDayOf(instant));
        expect(from <= instant && instant < until).toBe(true);
      }),
    );
  });
});

describe('the days to reconcile', () => {
  it.each<[first: string | null, now: string, days: string[]]>([
    [null, '2026-11-22 12:00:00', []],
    ['2026-11-20 23:59:59', '2026-11-20 23:59:59', []],
    ['2026-11-20 23:59:59', '2026-11-21 09:59:59', []],
    ['2026-11-20 23:59:59', '2026-11-21 10:00:00', ['2026-11-20']],
    ['2026-11-20 23:59:59', '2026-11-23 09:00:00', ['2026-11-20', '2026-11-21']],
    ['2026-02-27 00:00:00', '2026-03-02 10:00:00', ['2026-02-27', '2026-02-28', '2026-03-01']],
  ])('after a first capture at %s are, at %s, %j', (first, now, days) => {
    expect(daysToReconcile(first === null ? null : china(first), china(now))).toEqual(days);
  });

  it('are no more than the channel keeps bills of', () => {
    const days = daysToReconcile(china('2020-01-01 00:00:00'), china('2026-11-22 12:00:00'));
    expect([days.at(0), days.at(-1), days.length]).toEqual(['2026-08-25', '2026-11-21', 89]);
  });
});

describe('what is done about a difference', () => {
  it.each<
    [kind: Difference['kind'], subject: Difference['subject'], isOurs: boolean, ourState: string | null, advice: string]
  >([
    ['EXTRA', 'TRADE', true, 'PENDING', 'CHANNEL_ASKED'],
    ['EXTRA', 'TRADE', false, null, 'FIND_OWNER'],
    ['EXTRA', 'REFUND', false, null, 'FIND_OWNER'],
    ['EXTRA', 'REFUND', true, null, 'FIND_OWNER'],
    ['MISSING', 'TRADE', true, 'SUCCESS', 'CLAIM'],
    ['MISSING', 'REFUND', true, 'SUCCEEDED', 'CLAIM'],
    ['AMOUNT', 'TRADE', true, 'SUCCESS', 'COMPARE'],
    ['AMOUNT', 'REFUND', true, 'SUBMITTED', 'COMPARE'],
    ['STATE', 'TRADE', true, 'SUCCESS', 'COMPARE'],
    ['STATE', 'REFUND', true, 'SUBMITTED', 'CHANNEL_ASKED'],
    ['STATE', 'REFUND', true, 'MANUAL', 'CHANNEL_ASKED'],
    ['STATE', 'REFUND', true, 'SUCCEEDED', 'COMPARE'],
    ['STATE', 'REFUND', true, 'CLOSED', 'COMPARE'],
    ['FEE', 'TRADE', true, 'SUCCESS', 'CHECK_RATE'],
    ['FEE', 'REFUND', true, 'SUCCEEDED', 'CHECK_RATE'],
    ['MISSING', 'FLOW_TRADE', false, null, 'CHECK_ACCOUNT'],
    ['FEE', 'FLOW_FEE', false, null, 'CHECK_ACCOUNT'],
    ['EXTRA', 'FLOW_OTHER', false, null, 'CHECK_ACCOUNT'],
    ['AMOUNT', 'BALANCE', false, null, 'CHECK_ACCOUNT'],
  ])('%s of %s, ours: %s, standing at %s, is %s', (kind, subject, isOurs, ourState, advice) => {
    expect(adviceFor({ kind, subject, isOurs, ourState })).toBe(advice);
  });

  it.each<[kind: Difference['kind'], subject: Difference['subject'], advice: FindingAdvice, can: boolean]>([
    ['EXTRA', 'TRADE', 'CHANNEL_ASKED', true],
    ['EXTRA', 'TRADE', 'FIND_OWNER', false],
    ['STATE', 'REFUND', 'CHANNEL_ASKED', true],
    ['MISSING', 'TRADE', 'CLAIM', true],
    ['MISSING', 'REFUND', 'CLAIM', true],
    ['MISSING', 'FLOW_FEE', 'CHECK_ACCOUNT', false],
    ['AMOUNT', 'TRADE', 'COMPARE', false],
  ])('%s of %s, advised %s: the channel can tell more, %s', (kind, subject, advice, can) => {
    expect(canChannelTell({ kind, subject, advice })).toBe(can);
  });

  it.each(Object.values(FindingAdvice))('by %s has words in both languages', (advice) => {
    const { zh, en } = whatToDo(advice);
    expect(zh).toMatch(/^[^A-Za-z]+。$/);
    expect(en).toMatch(/^[A-Z][^\p{Script=Han}]+\.$/u);
    expect(Object.values(FindingAdvice).filter((other) => whatToDo(other).zh === zh)).toEqual([advice]);
  });
});

it.each([
  ['NOT_YET', 1_800],
  ['DAMAGED', 300],
  ['TROUBLE', 300],
] as const)('a bill that could not be had because of %s is asked for again in %d seconds', (why, seconds) => {
  expect(tryAgainSeconds(why)).toBe(seconds);
});

describe('lives', () => {
  it.each<[from: BillDayStatus, followers: BillDayStatus[]]>([
    ['WAITING', ['FETCHED']],
    ['FETCHED', ['CLOSED', 'OPEN']],
    ['OPEN', ['CLOSED', 'WAITING']],
    ['CLOSED', []],
  ])('a bill that is %s becomes %j', (from, followers) => {
    expect(
      Object.values(BillDayStatus)
        .filter((to) => billDayLife.allows(from, to))
        .toSorted(),
    ).toEqual(followers);
  });

  it.each<[from: FindingStatus, followers: FindingStatus[]]>([
    ['OPEN', ['DISSOLVED', 'RESOLVED']],
    ['DISSOLVED', ['OPEN']],
    ['RESOLVED', []],
  ])('a finding that is %s becomes %j', (from, followers) => {
    expect(
      Object.values(FindingStatus)
        .filter((to) => findingLife.allows(from, to))
        .toSorted(),
    ).toEqual(followers);
  });
});
