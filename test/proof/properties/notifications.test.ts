import { describe, expect, it } from '@jest/globals';
import { deliveryLife } from '#notifications';
import { FIELD_CHARACTERS_MAX, fieldText } from '../../../src/notifications/kinds/field.rules.js';
import { isQuiet, nextLoudAt } from '../../../src/notifications/sending/quiet.rules.js';
import { itLives } from './lives.js';
import { fc } from './seeded.js';

itLives('a message on its way', deliveryLife, {
  first: 'WAITING',
  ends: ['SENT', 'REFUSED', 'DROPPED'],
  ways: [
    ['WAITING', 'SENDING', 'SENT'],
    ['WAITING', 'SENDING', 'REFUSED'],
    ['WAITING', 'SENDING', 'WAITING', 'DROPPED'],
    ['WAITING', 'SENDING', 'UNKNOWN', 'SENT'],
  ],
  again: ['SENDING', 'WAITING'],
  never: [
    ['UNKNOWN', 'SENDING'],
    ['UNKNOWN', 'WAITING'],
    ['SENT', 'SENDING'],
  ],
});

const ZONES = ['Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia', 'UTC'];
const DAY_MILLISECONDS = 86_400_000;

describe('what is sent', () => {
  it('is never longer than WeChat takes, never empty, and on one line, whatever goods are called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.constantFrom('thing', 'phrase'), (text, type) => {
        const shown = fieldText(type, text, 'Asia/Shanghai');
        expect(Array.from(shown).length).toBeLessThanOrEqual(FIELD_CHARACTERS_MAX[type]);
        expect(shown.trim()).not.toBe('');
        expect(shown).toMatch(/^\P{C}+$/u);
      }),
    );
  });

  it('is at no time and of no amount longer than WeChat takes', () => {
    const instant = fc.date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(
        instant,
        fc.constantFrom(...ZONES),
        fc.integer({ min: 0, max: 999_999_999_999 }),
        (now, zone, minor) => {
          const time = fieldText('time', now, zone);
          expect(time).toMatch(/^\d{4}年\d{1,2}月\d{1,2}日 ([01]\d|2[0-3]):[0-5]\d$/);
          expect(time.length).toBeLessThanOrEqual(FIELD_CHARACTERS_MAX.time);
          const amount = fieldText('amount', minor, zone);
          expect(amount).toMatch(/^¥\d{1,10}\.\d\d$/);
          expect(amount.length).toBeLessThanOrEqual(FIELD_CHARACTERS_MAX.amount);
        },
      ),
    );
  });

  it('waits for the end of the quiet hours, and no longer than a day', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    const instant = fc.date({ min: new Date('2020-01-01'), max: new Date('2039-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, time, time, fc.constantFrom(...ZONES), (now, from, until, zone) => {
        const loudAt = nextLoudAt(now, { from, until }, zone);
        expect(isQuiet(loudAt, { from, until }, zone)).toBe(false);
        expect(loudAt.getTime()).toBeGreaterThanOrEqual(now.getTime());
        expect(loudAt.getTime() - now.getTime()).toBeLessThanOrEqual(DAY_MILLISECONDS + 2 * 3_600_000);
        if (!isQuiet(now, { from, until }, zone)) expect(loudAt).toEqual(now);
      }),
    );
  });
});
