import { setTimeout as sleep } from 'node:timers/promises';
import { secondsAfter } from '#common';
import type { Office } from './office.js';
import type { WechatApp } from './wechat-app.js';

export interface Drain {
  readonly office: Office;
  readonly wechat: WechatApp;
  /** Where the clock stands. */
  readonly from: Date;
  readonly payWindowSeconds: number;
  readonly ttlSeconds: number;
  readonly onProgress: (inFlight: InFlight) => void;
}

/** What is not finished, by kind; empty if nothing is. */
export type InFlight = ReadonlyMap<string, number>;

const HOUR_SECONDS = 3_600;
const POLL_MILLISECONDS = 200;
/** Longer than the minute that a channel wants between two refunds of one payment. */
const STANDSTILL_SECONDS_MAX = 120;

/** What must have come to its end before anything else is expected to. */
export const UNTIL_PAID: Readonly<Record<string, string>> = {
  'payments INIT or PENDING': "SELECT COUNT(*) FROM payment WHERE status IN ('INIT', 'PENDING')",
  'teams PENDING': "SELECT COUNT(*) FROM team WHERE status = 'PENDING'",
  'refunds CREATED or SUBMITTED': "SELECT COUNT(*) FROM refund WHERE status IN ('CREATED', 'SUBMITTED')",
  'seats HELD or REFUNDING': "SELECT COUNT(*) FROM seat WHERE status IN ('HELD', 'REFUNDING')",
  'orders UNPAID or PAID_LATE': "SELECT COUNT(*) FROM orders WHERE status IN ('UNPAID', 'PAID_LATE')",
  // A job that has failed waits for its next attempt; one that is leased to a worker is under way.
  'jobs READY':
    "SELECT COUNT(*) FROM job WHERE status = 'READY' AND repeat_seconds IS NULL AND (run_at <= NOW(3) OR reason IS NOT NULL)",
};

const UNTIL_OVER: Readonly<Record<string, string>> = {
  ...UNTIL_PAID,
  'teams FORMING': "SELECT COUNT(*) FROM team WHERE status = 'FORMING'",
};

/**
 * Lets time pass until nothing is in flight: first every hold ends, then every team that did not fill.
 *
 * @returns where the clock stands then
 * @throws Error that tells what is in flight if that has not changed for two minutes
 */
export async function drain({ from, payWindowSeconds, ttlSeconds, ...rest }: Drain): Promise<Date> {
  const holdsAreOver = secondsAfter(from, payWindowSeconds + HOUR_SECONDS);
  await rest.office.setClock(holdsAreOver, rest.wechat);
  await settleAll(rest, UNTIL_PAID);
  const teamsAreOver = secondsAfter(holdsAreOver, ttlSeconds + HOUR_SECONDS);
  await rest.office.setClock(teamsAreOver, rest.wechat);
  await settleAll(rest, UNTIL_OVER);
  return teamsAreOver;
}

/**
 * Waits until none of these is in flight any more.
 *
 * @param questions statements that count what is not finished, by what that is
 * @throws Error that tells what is in flight if that has not changed for two minutes
 */
export async function settleAll(
  { office, wechat, onProgress }: Pick<Drain, 'office' | 'wechat' | 'onProgress'>,
  questions: Readonly<Record<string, string>>,
): Promise<void> {
  await settled(() => inFlight(office, wechat, questions), onProgress);
}

export function pictureOf(left: InFlight): string {
  return [...left].map(([what, count]) => `${count} ${what}`).join(', ');
}

async function settled(look: () => Promise<InFlight>, onProgress: Drain['onProgress']): Promise<void> {
  let last = '';
  let changedAt = performance.now();
  for (;;) {
    const left = await look();
    onProgress(left);
    if (left.size === 0) return;
    const picture = pictureOf(left);
    if (picture !== last) [last, changedAt] = [picture, performance.now()];
    if (performance.now() - changedAt > STANDSTILL_SECONDS_MAX * 1_000) {
      throw new Error(`nothing has moved for ${STANDSTILL_SECONDS_MAX} s, and still in flight are: ${picture}`);
    }
    await sleep(POLL_MILLISECONDS);
  }
}

async function inFlight(
  office: Office,
  wechat: WechatApp,
  questions: Readonly<Record<string, string>>,
): Promise<InFlight> {
  const columns = Object.entries(questions).map(([what, sql]) => `(${sql}) AS \`${what}\``);
  const [row = {}] = await office.source.query<Record<string, string>[]>(`SELECT ${columns.join(', ')}`);
  const books = await wechat.books();
  const counts: [string, number][] = [
    ...Object.entries(row).map(([what, count]): [string, number] => [what, Number(count)]),
    ['notifications that WeChat has not delivered', books.undelivered_notifications],
    ['refunds that WeChat has not paid', books.processing_refunds],
  ];
  return new Map(counts.filter(([, count]) => count > 0));
}
