import type { PhoneNumber } from '#wechat';

/**
 * A number of mainland China as it is kept: a mobile one in its 11 digits, a landline one as area code, hyphen and number.
 * By the 电信网编号计划（2017年版） of the Ministry of Industry and Information Technology, mobile numbers begin with 13 to 19; area codes are
 * 10, 2X or three digits from 3 on, with a 0 before them; and the numbers behind those have 7 or 8 digits (8 in the large cities of two-digit
 * codes) of which the first is 2 to 8. Which prefixes are in use changes from year to year, so nothing finer is asked.
 */
export const PHONE = /^(?:1[3-9]\d{9}|0(?:10|2\d)-[2-8]\d{7}|0[3-9]\d\d-[2-8]\d{6,7})$/;

/** What people write between digits, and what comes along unseen when a number is copied from a contact. */
const BETWEEN_DIGITS = /[\p{Cf}\p{Pd}\s().]/gu;
const CHINA = '86';
const COUNTRY_CODE = /^(?:\+|00)86/;
const MOBILE = /^1[3-9]\d{9}$/;
const LANDLINE = /^(0(?:10|2\d|[3-9]\d\d))(\d+)$/;

/**
 * The number as it is kept, however it was written: with separators, full-width digits, +86. What is no such number comes out as something
 * that does not match `PHONE`.
 *
 * @example normalPhone('+86 (20) 8116-7888') // 020-81167888
 */
export function normalPhone(text: string): string {
  const written = text.normalize('NFKC').replace(BETWEEN_DIGITS, '');
  const digits = written.replace(COUNTRY_CODE, '');
  if (MOBILE.test(digits)) return digits;
  // Behind the country code, an area code has no 0.
  const isAreaCodeBare = digits !== written && !digits.startsWith('0');
  return (isAreaCodeBare ? `0${digits}` : digits).replace(LANDLINE, '$1-$2');
}

/** A number of another country as it is kept, by E.164: a plus, the country code and the number, 15 digits at most. */
const ABROAD = /^\+[1-9]\d{6,14}$/;

/** Whether a text is a number as a person's own is kept, from wherever it is. */
export function isKeptPhone(text: string): boolean {
  return PHONE.test(text) || ABROAD.test(text);
}

/** A person's own number as it is kept: of mainland China in its 11 digits, as in addresses, of elsewhere by E.164. */
export function keptPhone({ countryCode, number }: PhoneNumber): string {
  return countryCode === CHINA && MOBILE.test(number) ? number : `+${countryCode}${number}`;
}

/**
 * Enough of a number to tell whether it is the one that somebody names, and not enough to call it. Of a number from abroad less is shown,
 * because it may be shorter.
 */
export function maskedPhone(phone: string): string {
  const shown = phone.startsWith('+') ? /^(\+\d{3}).*(\d{2})$/ : /^(0\d+-|\d{3}).*(\d{4})$/;
  return phone.replace(shown, '$1****$2');
}
