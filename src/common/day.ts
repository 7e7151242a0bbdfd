import { registerDecorator } from 'class-validator';
import type { Texts } from './language.js';
import { badInput } from './request-error.js';

const A_DAY: Texts = { zh: '必须是年月日格式的日期。', en: 'Must be a day that there is, such as 2026-11-22.' };

/** Input check: a day of the calendar, written `2026-11-22`. */
export function IsDay(): PropertyDecorator {
  return (target, propertyName) => {
    registerDecorator({
      name: 'isDay',
      target: target.constructor,
      propertyName: String(propertyName),
      options: { context: A_DAY },
      validator: { validate: (value: unknown) => typeof value === 'string' && isDay(value) },
    });
  };
}

/** Days that there are not are moved on to the next month. */
function isDay(day: string): boolean {
  const instant = new Date(`${day}T00:00:00Z`);
  const isWritten = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(instant.getTime());
  return isWritten && instant.toISOString().startsWith(day);
}

/**
 * Makes sure that a day is not after today in the shop's time zone.
 *
 * @param day such as `2026-11-22`
 * @param path the field that it was given in
 * @throws RequestError BAD_USER_INPUT
 */
export function checkDay(day: string, path: string, { now, timeZone }: { now: Date; timeZone: string }): void {
  // Of all locales this one writes days as they are compared.
  const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(now);
  if (day <= today) return;
  throw badInput({ path, texts: { zh: '不能晚于今天。', en: 'Must not be after today.' } });
}
