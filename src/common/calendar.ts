import { secondsAfter } from './clock.js';

const DAY_SECONDS = 24 * 3_600;

/** A day of the calendar, in whichever zone. */
export interface CalendarDate {
  readonly year: number;
  /** From 1; more than 12 leads into the next year, 0 and less into the one before. */
  readonly month: number;
  /** From 1; more than the month has leads into the next. */
  readonly day: number;
}

/** The instant at which a day begins in a zone, by its IANA name: the first that is not before the day, also where clocks are changed at midnight, or skip the whole day. */
export function startOfDay({ year, month, day }: CalendarDate, timeZone: string): Date {
  const asUtc = new Date(Date.UTC(year, month - 1, day));
  // The day begins by the offset of the day before it or by its own; what is on the day before still is no beginning.
  const candidates = [-DAY_SECONDS, DAY_SECONDS]
    .map((seconds) => asUtc.getTime() - offsetMilliseconds(secondsAfter(asUtc, seconds), timeZone))
    .filter((milliseconds) => localMidnight(new Date(milliseconds), timeZone) >= asUtc.getTime());
  return new Date(Math.min(...candidates));
}

/** The day of an instant in a zone. */
export function dateIn(instant: Date, timeZone: string): CalendarDate {
  const { year, month, day } = partsIn(instant, timeZone);
  return { year, month, day };
}

/** The day of an instant in a zone, as the instant at which it begins in UTC. */
function localMidnight(instant: Date, timeZone: string): number {
  const { year, month, day } = partsIn(instant, timeZone);
  return Date.UTC(year, month - 1, day);
}

/** How far a zone's clocks are ahead of UTC at an instant. */
function offsetMilliseconds(instant: Date, timeZone: string): number {
  const { year, month, day, hour, minute, second } = partsIn(instant, timeZone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant.getTime() / 1_000) * 1_000;
}

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

function partsIn(instant: Date, timeZone: string): Record<Part, number> {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type as string, Number(value)]));
  const part = (name: Part): number => parts.get(name) ?? 0;
  return {
    ...{ year: part('year'), month: part('month'), day: part('day') },
    ...{ hour: part('hour'), minute: part('minute'), second: part('second') },
  };
}
