import { OwnProposal } from '#audit';
import { type Refusal, stateMachine } from '#common';
import type { StaffId } from '#identity';
import type { Payout, PayoutStatus } from './payout.entity.js';
import { PayoutStands, PayoutTooLarge, SupplierOwes } from './payout.refusals.js';

export const payoutLife = stateMachine<PayoutStatus>({
  PROPOSED: ['APPROVED', 'CANCELLED'],
  APPROVED: ['PAID', 'CANCELLED'],
  PAID: [],
  CANCELLED: [],
});

/** Whether so much may be paid to a supplier who is owed so much; null if so. A debt blocks every payout. */
export function mayPropose(amountMinor: number, owedMinor: number): Refusal | null {
  if (owedMinor < 0) return new SupplierOwes(-owedMinor);
  return amountMinor > owedMinor ? new PayoutTooLarge(owedMinor) : null;
}

/**
 * Whether somebody may agree to a payout; null if so.
 *
 * @param owedMinor what the supplier is owed beside it; negative if money went back since, for which the payout should be cancelled
 */
export function mayApprove(payout: Payout, by: StaffId, owedMinor: number): Refusal | null {
  if (payout.status !== 'PROPOSED') return new PayoutStands(payout);
  if (payout.proposedById === by) return new OwnProposal();
  return owedMinor < 0 ? new SupplierOwes(-owedMinor) : null;
}

/** Whether a payout may be entered as paid; null if so. */
export function mayEnter(payout: Payout): Refusal | null {
  return payout.status === 'APPROVED' ? null : new PayoutStands(payout);
}

/** Whether a payout may be cancelled; null if so. */
export function mayCancel(payout: Payout): Refusal | null {
  return payoutLife.allows(payout.status, 'CANCELLED') ? null : new PayoutStands(payout);
}
