import { describe, expect, it } from '@jest/globals';
import { isQuiet, nextLoudAt } from '../../src/notifications/sending/quiet.rules.js';

const NIGHT = { from: '22:00', until: '08:00' };
const NOON = { from: '12:00', until: '14:30' };
const NEVER = { from: '09:00', until: '09:00' };
const SHANGHAI = 'Asia/Shanghai';

/** An instant of a day in Shanghai. */
const at = (time: string, day = '2026-03-10'): Date => new Date(`${day}T${time}:30+08:00`);

describe('people are left alone', () => {
  // prettier-ignore
  it.each<[time: string, hours: typeof NIGHT, isSo: boolean]>([
    ['21:59', NIGHT, false],
    ['22:00', NIGHT, true],
    ['23:59', NIGHT, true],
    ['00:00', NIGHT, true],
    ['07:59', NIGHT, true],
    ['08:00', NIGHT, false],
    ['11:59', NOON,  false],
    ['12:00', NOON,  true],
    ['14:29', NOON,  true],
    ['14:30', NOON,  false],
    ['09:00', NEVER, false],
    ['03:00', NEVER, false],
  ])('at %s between %j: %s', (time, hours, isSo) => {
    expect(isQuiet(at(time), hours, SHANGHAI)).toBe(isSo);
  });
});

describe('what has to wait', () => {
  // prettier-ignore
  it.each<[time: string, hours: typeof NIGHT, loudAt: string]>([
    ['21:59', NIGHT, '2026-03-10T13:59:30.000Z'],
    ['22:00', NIGHT, '2026-03-11T00:00:00.000Z'],
    ['00:00', NIGHT, '2026-03-10T00:00:00.000Z'],
    ['07:59', NIGHT, '2026-03-10T00:00:00.000Z'],
    ['12:00', NOON,  '2026-03-10T06:30:00.000Z'],
    ['03:00', NEVER, '2026-03-09T19:00:30.000Z'],
  ])('since %s, by %j, waits until %s', (time, hours, loudAt) => {
    expect(nextLoudAt(at(time), hours, SHANGHAI).toISOString()).toBe(loudAt);
  });

  // prettier-ignore
  it.each<[what: string, since: string, loudAt: string]>([
    ['an hour later where clocks are put forward',  '2026-03-28T23:00:00Z', '2026-03-29T07:00:00.000Z'],
    ['to the hour where clocks are put back',       '2026-10-24T22:00:00Z', '2026-10-25T07:00:00.000Z'],
  ])('waits %s', (_what, since, loudAt) => {
    const until = nextLoudAt(new Date(since), NIGHT, 'Europe/Berlin');
    expect(until.toISOString()).toBe(loudAt);
    expect(isQuiet(until, NIGHT, 'Europe/Berlin')).toBe(false);
  });
});
