import { secondsAfter } from '#common';
import { CHINA_OFFSET_SECONDS } from '#wechat';
import { type QuotaKind, QUOTAS } from './sharing.limits.js';

/** A time in which calls are counted together. */
export interface QuotaWindow {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** The window in which an instant lies. */
export function windowOf(kind: QuotaKind, now: Date): QuotaWindow {
  const { seconds } = QUOTAS[kind];
  const intoIt = (Math.floor(now.getTime() / 1_000) + CHINA_OFFSET_SECONDS) % seconds;
  const startsAt = new Date((Math.floor(now.getTime() / 1_000) - intoIt) * 1_000);
  return { startsAt, endsAt: secondsAfter(startsAt, seconds) };
}

/** How many whole seconds are left until then, at least one. */
export function secondsUntil(then: Date, now: Date): number {
  return Math.max(1, Math.ceil((then.getTime() - now.getTime()) / 1_000));
}
