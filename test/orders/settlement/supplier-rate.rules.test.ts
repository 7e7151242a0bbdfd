import { expect, it } from '@jest/globals';
import {
  COMMISSION_BPS_DEFAULT,
  maySetRate,
  NOTICE_DAYS,
  VALID_BEFORE,
} from '../../../src/orders/settlement/supplier-rate.rules.js';

const NOW = new Date('2026-11-22T08:00:00Z');
const days = (count: number): Date => new Date(NOW.getTime() + count * 24 * 3_600_000);

it.each([
  // instead of, to, in days | the earliest it may be, in days; null if it may
  [500, 500, 0, null],
  [500, 400, 0, null],
  [500, 400, 30, null],
  [500, 400, -1, 0],
  [500, 500, -1, 0],
  [500, 501, 0, 7],
  [500, 501, 6.99, 7],
  [500, 501, 7, null],
  [0, 1, 0, 7],
])('a rate of %i may become %i in %d days: %j', (insteadOfBps, commissionBps, inDays, earliest) => {
  const refusal = maySetRate({ commissionBps, validFrom: days(inDays) }, insteadOfBps, NOW);
  expect(refusal).toEqual(earliest === null ? null : expect.objectContaining({ earliest: days(earliest) }));
});

it('nothing is taken where nothing is agreed, and more is announced seven days before', () => {
  expect([COMMISSION_BPS_DEFAULT, NOTICE_DAYS]).toEqual([0, 7]);
});

it('no rate is agreed for the next century', () => {
  expect(VALID_BEFORE.toISOString()).toBe('2100-01-01T00:00:00.000Z');
});
