import { Malformed } from './reader.js';

const YUAN = /^(-?)(\d{1,15})(?:\.(\d{1,5}))?$/;
const LOCAL = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/;
const PERCENT = /^(\d{1,3})(?:\.(\d{1,4}))?%$/;

/** Bills mark each value with this, so that no program takes a number for a number. */
const MARK = '`';

/** Whether a line has values; lines without are the names of columns. */
export function isMarked(line: string): boolean {
  return line.startsWith(MARK);
}

/**
 * The values of a line. A comma parts two values only where a mark follows, so the commas of people's own words part nothing.
 *
 * @example valuesOf('`1.00,`tea\\, green,`') // ['1.00', 'tea, green', '']
 */
export function valuesOf(line: string): string[] {
  return line
    .slice(MARK.length)
    .split(`,${MARK}`)
    .map((value) => value.replaceAll(String.raw`\,`, ','));
}

/** The names of columns, with the brackets of one width: the channel writes them in both. */
export function columnsOf(line: string): string[] {
  return line.split(',').map((name) => name.trim().replaceAll('（', '(').replaceAll('）', ')'));
}

/**
 * An amount in yuan as fen, by its digits alone: no fraction ever goes through a float.
 *
 * @throws Malformed if it is no amount, or has parts of a fen
 */
export function fenOf(text: string): number {
  const [, sign = '', whole = '', part = ''] = YUAN.exec(text) ?? [];
  if (whole === '' || !/^0*$/.test(part.slice(2))) throw new Malformed('an amount is none, or has parts of a fen');
  const fen = Number(whole + part.slice(0, 2).padEnd(2, '0'));
  if (!Number.isSafeInteger(fen)) throw new Malformed('an amount is too large');
  return sign === '-' && fen !== 0 ? -fen : fen;
}

/**
 * A rate such as `0.60%` in millionths: 6000.
 *
 * @throws Malformed
 */
export function millionthsOf(text: string): number {
  const [, whole = '', part = ''] = PERCENT.exec(text) ?? [];
  if (whole === '') throw new Malformed('a rate is none');
  return Number(whole + part.padEnd(4, '0'));
}

/**
 * An instant in Chinese time without a zone, `2026-11-22 08:30:00`.
 *
 * @throws Malformed
 */
export function instantOf(text: string): Date {
  const [, day = '', time = ''] = LOCAL.exec(text) ?? [];
  const instant = new Date(`${day}T${time}+08:00`);
  if (Number.isNaN(instant.getTime())) throw new Malformed('a time is none');
  return instant;
}
