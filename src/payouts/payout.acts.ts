import { defineAct } from '#common';

/** One of FINANCE wants money paid to a supplier. */
export const payoutProposed = defineAct('payouts.proposed', 'payout');

/** A second one agreed. */
export const payoutApproved = defineAct('payouts.approved', 'payout');

/** One entered what the bank has transferred. */
export const payoutEntered = defineAct('payouts.entered', 'payout');

/** One decided that it is not paid. */
export const payoutCancelled = defineAct('payouts.cancelled', 'payout');
