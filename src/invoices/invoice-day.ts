import { badInput } from '#common';

/**
 * Makes sure that a day is not after today in the shop's time zone.
 *
 * @param day such as `2026-11-22`
 * @throws RequestError BAD_USER_INPUT
 */
export function checkDay(day: string, now: Date, timeZone: string): void {
  // Of all locales this one writes days as they are compared.
  const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(now);
  if (day <= today) return;
  throw badInput({ path: 'input.issuedOn', texts: { zh: '不能晚于今天。', en: 'Must not be after today.' } });
}
