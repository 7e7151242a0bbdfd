import assert from 'node:assert/strict';
import { shortened, yuan } from '#common';

/** The types of fields that our messages use, of those that WeChat has (wechat.md 1.6). */
export const FIELD_TYPES = ['thing', 'number', 'amount', 'time', 'phrase'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** What is to be shown, before it is made to fit: a text, a count, an amount in minor units, or an instant. */
export type FieldValue = string | number | Date;

/** As many characters, by code points, as WeChat takes in each. */
export const FIELD_CHARACTERS_MAX: Readonly<Record<FieldType, number>> = {
  thing: 20,
  number: 32,
  amount: 14, // The sign, ten digits, and fen.
  time: 17, // 2026年12月31日 23:59
  phrase: 5,
};
/** Ten digits of yuan. No order comes near it. */
const AMOUNT_MINOR_MAX = 1_000_000_000_000 - 1;
/** WeChat takes no empty field; this says that there is nothing to say, in the signs that the type has. */
const NOTHING = { thing: '-', number: '0', amount: '¥0.00', time: '-', phrase: '无' } as const satisfies Record<
  FieldType,
  string
>;

/**
 * A value as WeChat takes it in a field of a type: cut by code points, on one line, in the shop's time zone, never empty.
 *
 * @throws AssertionError if a value is of another kind than its field, which is a mistake of ours
 */
export function fieldText(type: FieldType, value: FieldValue, timeZone: string): string {
  if (type === 'time') return timeText(value, timeZone);
  if (type === 'amount') return amountText(value);
  if (type === 'number') return countText(value);
  assert(typeof value === 'string', `a ${type} is a text`);
  return type === 'phrase' ? phraseText(value) : thingText(value);
}

function thingText(value: string): string {
  // Control signs and lone halves of a pair are refused; so is a text of blanks.
  const line = value.replaceAll(/[\p{C}\s]+/gu, ' ').trim();
  return shortened(line, FIELD_CHARACTERS_MAX.thing) || NOTHING.thing;
}

function phraseText(value: string): string {
  const characters = Array.from(value.replaceAll(/[^\p{Script=Han}]/gu, ''));
  return characters.slice(0, FIELD_CHARACTERS_MAX.phrase).join('') || NOTHING.phrase;
}

function countText(value: FieldValue): string {
  assert(typeof value === 'number' && Number.isSafeInteger(value) && value >= 0, 'a number counts something');
  return String(value);
}

function amountText(value: FieldValue): string {
  assert(typeof value === 'number' && Number.isSafeInteger(value), 'an amount is of minor units');
  assert(value >= 0 && value <= AMOUNT_MINOR_MAX, `an amount that WeChat does not take: ${value}`);
  return yuan(value);
}

function timeText(value: FieldValue, timeZone: string): string {
  assert(value instanceof Date, 'a time is an instant');
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit' },
  }).formatToParts(value);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}年${Number(part('month'))}月${Number(part('day'))}日 ${part('hour')}:${part('minute')}`;
}
