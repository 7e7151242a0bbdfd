import { defineAct } from '#common';

/** A refund that waited for an operator was tried again. */
export const refundRetried = defineAct('payments.refundRetried', 'refund');

/** A refund that the channel did not get done was paid by a bank transfer. */
export const refundPaidOutside = defineAct('payments.refundPaidOutside', 'refund');

/** The channel was asked to send a refund to a bank card instead. */
export const refundSentToCard = defineAct('payments.refundSentToCard', 'refund');
