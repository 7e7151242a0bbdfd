import { type Refusal, secondsAfter } from '#common';
import { RateTooSoon } from './settlement.refusals.js';

/** Commission of a supplier with whom nothing else is agreed. */
export const COMMISSION_BPS_DEFAULT = 0;

/** More than half of the goods would be no commission any more. */
export const COMMISSION_BPS_MAX = 5_000;

/** What makes terms worse is announced so long before (E-commerce Law 34). */
export const NOTICE_DAYS = 7;

/** A time beyond it is a slip of the keyboard. */
export const VALID_BEFORE = new Date('2100-01-01T00:00:00Z');

const DAY_SECONDS = 24 * 3_600;

/** Whether a rate may hold from a time on, in place of the one that would hold then; null if so. Never for what is ordered already. */
export function maySetRate(
  { commissionBps, validFrom }: { readonly commissionBps: number; readonly validFrom: Date },
  insteadOfBps: number,
  now: Date,
): Refusal | null {
  const earliest = commissionBps > insteadOfBps ? secondsAfter(now, NOTICE_DAYS * DAY_SECONDS) : now;
  return validFrom < earliest ? new RateTooSoon(earliest) : null;
}
