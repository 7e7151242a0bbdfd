/** What the channel takes for a trade: rounded half up to the fen. */
export function feeOf(amountMinor: number, feeBps: number): number {
  return Math.floor((amountMinor * feeBps + 5_000) / 10_000);
}

/**
 * How much of a trade's fee comes back with a refund of it: in proportion to all that has gone back, so that the parts of a trade
 * that is given back whole sum to its fee.
 *
 * @param beforeMinor what had gone back of the trade before
 */
export function feeBackOf(feeMinor: number, amountMinor: number, beforeMinor: number, refundMinor: number): number {
  const share = (backMinor: number): number => Math.floor((2 * feeMinor * backMinor + amountMinor) / (2 * amountMinor));
  return share(beforeMinor + refundMinor) - share(beforeMinor);
}
