import { type Refusal, secondsAfter, stateMachine } from '#common';
import type { StaffId } from '#identity';
import type { BulkAct, BulkActStatus } from './bulk-act.entity.js';
import { BulkActDecided, NotProposer, OwnProposal } from './bulk-act.refusals.js';

export const bulkActLife = stateMachine<BulkActStatus>({
  PROPOSED: ['APPROVED', 'REJECTED', 'WITHDRAWN', 'EXPIRED'],
  APPROVED: ['DONE'],
  DONE: [],
  REJECTED: [],
  WITHDRAWN: [],
  EXPIRED: [],
});

const HOURS_TO_APPROVE = 24;

/** Until when somebody else may approve what is proposed at `now`. */
export function expiryOf(now: Date): Date {
  return secondsAfter(now, HOURS_TO_APPROVE * 3_600);
}

/** Whether this person may say yes or no to it; null if so. Whoever proposed it may not, by whichever session they ask. */
export function mayDecide(act: BulkAct, by: StaffId, now: Date): Refusal | null {
  if (act.status !== 'PROPOSED' || now >= act.expiresAt) return new BulkActDecided(act);
  return act.proposedById === by ? new OwnProposal() : null;
}

/** Whether this person may take it back; null if so. */
export function mayWithdraw(act: BulkAct, by: StaffId, now: Date): Refusal | null {
  if (act.status !== 'PROPOSED' || now >= act.expiresAt) return new BulkActDecided(act);
  return act.proposedById === by ? null : new NotProposer();
}
