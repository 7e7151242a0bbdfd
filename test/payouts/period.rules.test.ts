import { expect, it } from '@jest/globals';
import { monthOf, quarterOf } from '../../src/payouts/period.rules.js';

it.each([
  // instant, zone | the month's beginning and end
  ['2026-11-22T08:00:00Z', 'Asia/Shanghai', '2026-10-31T16:00:00Z', '2026-11-30T16:00:00Z'],
  ['2026-10-31T16:00:00Z', 'Asia/Shanghai', '2026-10-31T16:00:00Z', '2026-11-30T16:00:00Z'],
  ['2026-10-31T15:59:59.999Z', 'Asia/Shanghai', '2026-09-30T16:00:00Z', '2026-10-31T16:00:00Z'],
  ['2026-12-31T16:00:00Z', 'Asia/Shanghai', '2026-12-31T16:00:00Z', '2027-01-31T16:00:00Z'],
  ['2026-03-15T12:00:00Z', 'Europe/Berlin', '2026-02-28T23:00:00Z', '2026-03-31T22:00:00Z'],
])('the month of %s in %s goes from %s to %s', (instant, zone, startsAt, endsAt) => {
  expect(monthOf(new Date(instant), zone)).toEqual({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) });
});

it.each([
  [2026, 1, '2025-12-31T16:00:00Z', '2026-03-31T16:00:00Z'],
  [2026, 2, '2026-03-31T16:00:00Z', '2026-06-30T16:00:00Z'],
  [2026, 4, '2026-09-30T16:00:00Z', '2026-12-31T16:00:00Z'],
])('of %i, quarter %i goes from %s to %s', (year, quarter, startsAt, endsAt) => {
  expect(quarterOf(year, quarter, 'Asia/Shanghai')).toEqual({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) });
});
