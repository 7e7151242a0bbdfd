import { dateIn, startOfDay } from '#common';

/** A span of time: from its first instant to the one after its last. */
export interface Period {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** The month of an instant in a time zone. */
export function monthOf(instant: Date, timeZone: string): Period {
  const { year, month } = dateIn(instant, timeZone);
  return months({ year, month }, 1, timeZone);
}

/** A quarter of a year in a time zone, the first being 1. */
export function quarterOf(year: number, quarter: number, timeZone: string): Period {
  return months({ year, month: 3 * quarter - 2 }, 3, timeZone);
}

function months({ year, month }: { year: number; month: number }, count: number, timeZone: string): Period {
  return {
    startsAt: startOfDay({ year, month, day: 1 }, timeZone),
    endsAt: startOfDay({ year, month: month + count, day: 1 }, timeZone),
  };
}
