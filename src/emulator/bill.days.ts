import { DAY_MS, HOUR_MS, rfc3339 } from './clock.js';
import { badQuery, payErrors } from './errors.js';

/** Bills of a day are made at about nine the next morning. */
const MADE_AT_MS = 9 * HOUR_MS;
/** Three months, at their longest. */
const KEPT_MS = 93 * DAY_MS;

/** A day of China's calendar, which is the channel's. */
export interface BillDay {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  /** What the bill of the day knows, it knows as of then. */
  readonly madeAtMs: number;
}

export function billDayOf(name: string): BillDay {
  const startMs = Date.parse(`${name}T00:00:00+08:00`);
  return { name, startMs, endMs: startMs + DAY_MS, madeAtMs: startMs + DAY_MS + MADE_AT_MS };
}

/** The name of the day of an instant. */
export function dayNameOf(instantMs: number): string {
  return rfc3339(instantMs).slice(0, 10);
}

/**
 * The day that a bill is asked for.
 *
 * @throws PayError PARAM_ERROR if it is no day, today or later, or longer ago than three months; STATEMENT_CREATING before nine
 */
export function askedDay(name: string, nowMs: number): BillDay {
  const day = billDayOf(name);
  if (Number.isNaN(day.startMs) || dayNameOf(day.startMs) !== name) throw badQuery('/bill_date', name, 'is no day');
  if (nowMs < day.endMs) throw badQuery('/bill_date', name, 'must lie before today');
  if (nowMs > day.startMs + KEPT_MS) throw badQuery('/bill_date', name, 'is longer ago than three months');
  if (nowMs < day.madeAtMs) throw payErrors.statementCreating();
  return day;
}
