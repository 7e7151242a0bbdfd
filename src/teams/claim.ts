import type { UserId } from '#identity';

/** One buyer asking for a seat. */
export interface Claim {
  readonly buyerId: UserId;
  readonly quantity: number;
}
