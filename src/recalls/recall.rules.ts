/** What is known of the units of a line when they are to be given back. */
export interface Recalled {
  /** How many were shipped that are, or may be, of the batch. */
  readonly quantity: number;
  /** How many of them earlier recalls of the batch have given back. */
  readonly refundedBefore: number;
  /** How many units of the line are not given back for any reason. */
  readonly unrefunded: number;
}

/** How many units of a line are given back: none twice, and never more than are left. */
export function unitsToRefund({ quantity, refundedBefore, unrefunded }: Recalled): number {
  return Math.max(0, Math.min(quantity - refundedBefore, unrefunded));
}
