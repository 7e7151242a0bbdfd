import type { Refusal } from '#common';
import type { Claim } from '../claim.js';
import type { OfferPrice } from '../offers/offer-price.entity.js';
import type { Team } from '../team.entity.js';

/**
 * What tells one kind of team from another. Room, time, limits and money are the same for all of them and are decided elsewhere;
 * a kind is a file of such rules, without I/O.
 */
export interface TeamKind {
  /** Whether the claim's buyer is one for whom the team is meant; null if so. */
  mayJoin(claim: Claim): Refusal | null;

  /** Whether those who have paid are enough. */
  isFormed(team: Pick<Team, 'seatsPaid' | 'size'>): boolean;

  /** What a unit costs the claim's buyer when ordering, in minor units. */
  priceOf(price: Pick<OfferPrice, 'priceMinor'>, claim: Claim): number;

  /** What becomes of a team that is over without being formed: it expired and nobody is paying any more. */
  atClose(team: Pick<Team, 'seatsPaid' | 'size'>): 'FORMED' | 'FAILED';
}
