import { EARLIEST_AT, LATEST_AT, PRICE_MINOR_MAX, SHARE_UNITS_MAX } from '#teams';

/** The command was called in a way that it cannot follow; the message names the argument and says what it takes. */
export class BadOption extends Error {}

/** A SKU by its code, as the command names it. */
export interface CodePrice {
  readonly code: string;
  readonly priceMinor: number;
  readonly unitsMax: number;
}

/** @throws BadOption unless it is a whole number between the two */
export function wholeNumber(argument: string, text: string, min: number, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  throw new BadOption(`${argument} takes a whole number from ${min} to ${max}, not ${JSON.stringify(text)}`);
}

/**
 * `CODE=YUAN:UNITS`. A price without its two decimals could be meant in yuan or in fen, so it is refused.
 *
 * @throws BadOption that quotes what is wrong
 */
export function codePrice(text: string): CodePrice {
  const [, code, yuan, units] = /^(\S+)=([^=:]*):([^=:]*)$/.exec(text) ?? [];
  if (code === undefined || yuan === undefined || units === undefined)
    throw new BadOption(`--sku takes CODE=YUAN:UNITS such as TEA-250=29.90:100, not ${JSON.stringify(text)}`);
  const priceMinor = /^\d{1,8}\.\d{2}$/.test(yuan) ? Number(yuan.replace('.', '')) : NaN;
  if (!(priceMinor <= PRICE_MINOR_MAX))
    throw new BadOption(
      `--sku ${code} takes a price in yuan with two decimals such as 29.90, not ${JSON.stringify(yuan)}`,
    );
  return { code, priceMinor, unitsMax: wholeNumber(`--sku ${code}: UNITS`, units, 1, SHARE_UNITS_MAX) };
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * An instant by ISO 8601. Without an offset it would depend on where the command is run, so it is refused.
 *
 * @throws BadOption that names the argument
 */
export function instant(argument: string, text: string): Date {
  const [, day] = INSTANT.exec(text) ?? [];
  const value = new Date(text);
  const isDay = day !== undefined && isRealDay(day);
  if (isDay && value >= EARLIEST_AT && value <= LATEST_AT) return value;
  throw new BadOption(
    `${argument} takes a time with its offset such as 2026-12-01T00:00:00+08:00, not ${JSON.stringify(text)}`,
  );
}

/** JavaScript takes 30 February for a day in March. */
function isRealDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
