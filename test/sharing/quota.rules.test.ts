import { describe, expect, it } from '@jest/globals';
import { secondsUntil, windowOf } from '../../src/sharing/quota.rules.js';
import type { QuotaKind } from '../../src/sharing/sharing.limits.js';

describe('the window in which a call is counted', () => {
  // prettier-ignore
  it.each<[kind: QuotaKind, now: string, startsAt: string, endsAt: string]>([
    ['CODE',       '2026-11-22T12:34:56.789Z', '2026-11-22T12:34:00.000Z', '2026-11-22T12:35:00.000Z'],
    ['CODE',       '2026-11-22T12:34:00.000Z', '2026-11-22T12:34:00.000Z', '2026-11-22T12:35:00.000Z'],
    ['CODE',       '2026-11-22T12:33:59.999Z', '2026-11-22T12:33:00.000Z', '2026-11-22T12:34:00.000Z'],
    ['LINK',       '2026-11-22T15:59:59.999Z', '2026-11-21T16:00:00.000Z', '2026-11-22T16:00:00.000Z'],
    ['LINK',       '2026-11-22T16:00:00.000Z', '2026-11-22T16:00:00.000Z', '2026-11-23T16:00:00.000Z'],
    ['SHORT_LINK', '2026-11-22T00:00:00.000Z', '2026-11-21T16:00:00.000Z', '2026-11-22T16:00:00.000Z'],
    ['PERSON',     '2026-11-22T23:00:00.000Z', '2026-11-22T16:00:00.000Z', '2026-11-23T16:00:00.000Z'],
  ])('of %s at %s begins at %s and ends at %s', (kind, now, startsAt, endsAt) => {
    expect(windowOf(kind, new Date(now))).toEqual({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) });
  });
});

describe('how long is left', () => {
  const NOW = Date.UTC(2026, 10, 22);
  it.each([
    [-5_000, 1],
    [0, 1],
    [1, 1],
    [1_000, 1],
    [1_001, 2],
    [60_000, 60],
  ])('for %i ms is %i seconds', (milliseconds, seconds) => {
    expect(secondsUntil(new Date(NOW + milliseconds), new Date(NOW))).toBe(seconds);
  });
});
