import { secondsAfter, stateMachine } from '#common';
import type { AfterSale, AfterSaleStatus } from './after-sale.entity.js';

/** RETURNED is passed within one transaction: whoever receives the goods accepts them, or does not. */
export const afterSaleLife = stateMachine<AfterSaleStatus>({
  APPLIED: ['APPROVED', 'REJECTED', 'CANCELLED'],
  APPROVED: ['RETURNING', 'REFUNDING', 'CANCELLED'],
  RETURNING: ['RETURNED', 'CANCELLED'],
  RETURNED: ['REFUNDING', 'REJECTED'],
  REFUNDING: ['DONE'],
  DONE: [],
  REJECTED: ['APPEALED'],
  APPEALED: ['APPROVED', 'REFUNDING', 'REJECTED', 'CANCELLED'],
  CANCELLED: [],
});

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/**
 * How long each step may take (design.md 4). After the first four the clock decides; the shop has as long for an appeal as the buyer has to make it,
 * and the money must be back seven days after the goods are (Consumer Protection Law 25).
 */
const DUE_SECONDS: Readonly<Record<AfterSaleStatus, number | null>> = {
  APPLIED: 48 * HOUR_SECONDS,
  APPROVED: 7 * DAY_SECONDS,
  RETURNING: 7 * DAY_SECONDS,
  REJECTED: 3 * DAY_SECONDS,
  RETURNED: 0,
  APPEALED: 3 * DAY_SECONDS,
  REFUNDING: 7 * DAY_SECONDS,
  DONE: null,
  CANCELLED: null,
};

/** What the clock ends when it is due. */
export const CLOCK_DECIDES = ['APPLIED', 'APPROVED', 'RETURNING', 'REJECTED'] as const satisfies AfterSaleStatus[];

/** Until when the next step is to be taken, or since when a case is over. A rejection after an appeal is the last word. */
export function timesAt(
  to: AfterSaleStatus,
  { isAppealed }: Pick<AfterSale, 'isAppealed'>,
  now: Date,
): Pick<AfterSale, 'dueAt' | 'closedAt'> {
  const seconds = to === 'REJECTED' && isAppealed ? null : DUE_SECONDS[to];
  return seconds === null ? { dueAt: null, closedAt: now } : { dueAt: secondsAfter(now, seconds), closedAt: null };
}

/** Whether a case keeps units that were not shipped from being shipped. */
export function withholds({ status, isUnshipped }: Pick<AfterSale, 'status' | 'isUnshipped'>): boolean {
  return isUnshipped && status === 'APPLIED';
}

/** What an approval leads to: goods that are to come back are waited for, once. */
export function approvedAs({ kind, sentAt }: Pick<AfterSale, 'kind' | 'sentAt'>): 'APPROVED' | 'REFUNDING' {
  return kind === 'RETURN_AND_REFUND' && sentAt === null ? 'APPROVED' : 'REFUNDING';
}

/** Whether a step is an answer to what the buyer asks for, of which the buyer wants to hear. */
export function isDecision(from: AfterSaleStatus, to: AfterSaleStatus): boolean {
  return to === 'APPROVED' || to === 'REJECTED' || (from === 'APPEALED' && to === 'REFUNDING');
}

/** Whether its money is promised, so that nothing but the channel changes it any more. */
export function isPromised({ status }: Pick<AfterSale, 'status'>): boolean {
  return status === 'REFUNDING' || status === 'DONE';
}

/** Whether it is time for the clock to decide. */
export function isDue({ status, dueAt }: Pick<AfterSale, 'status' | 'dueAt'>, now: Date): boolean {
  return CLOCK_DECIDES.some((one) => one === status) && dueAt !== null && dueAt <= now;
}
