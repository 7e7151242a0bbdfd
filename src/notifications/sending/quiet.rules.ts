/** From when to when nobody is woken, `HH:MM` in the shop's time zone; the same twice is never. */
export interface QuietHours {
  readonly from: string;
  readonly until: string;
}

const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;
const MINUTE_MILLISECONDS = 60_000;

/** Whether people are left alone at an instant. */
export function isQuiet(now: Date, hours: QuietHours, timeZone: string): boolean {
  const [from, until, local] = [minutesOf(hours.from), minutesOf(hours.until), localMinutes(now, timeZone)];
  return from <= until ? local >= from && local < until : local >= from || local < until;
}

/** The first instant from `now` on at which people may be told something; the whole minute if they have to wait for it. */
export function nextLoudAt(now: Date, hours: QuietHours, timeZone: string): Date {
  if (!isQuiet(now, hours, timeZone)) return now;
  const wait = (minutesOf(hours.until) - localMinutes(now, timeZone) + DAY_MINUTES) % DAY_MINUTES;
  const minute = Math.floor(now.getTime() / MINUTE_MILLISECONDS);
  // Where clocks are put forward or back meanwhile, the hour may be another one.
  return nextLoudAt(new Date((minute + wait) * MINUTE_MILLISECONDS), hours, timeZone);
}

function localMinutes(now: Date, timeZone: string): number {
  const format = { timeZone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' } as const;
  return minutesOf(new Intl.DateTimeFormat('en-GB', format).format(now));
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * HOUR_MINUTES + minutes;
}
