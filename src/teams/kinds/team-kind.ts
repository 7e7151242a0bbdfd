import { registerEnumType } from '@nestjs/graphql';
import type { Refusal } from '#common';
import type { OfferPrice } from '../offer-price.entity.js';
import type { Claim } from '../team.rules.js';
import type { Team } from '../team.entity.js';

export const TeamKindName = { PLAIN: 'PLAIN' } as const;
export type TeamKindName = keyof typeof TeamKindName;
registerEnumType(TeamKindName, {
  name: 'TeamKind',
  description: 'By which rules a team plays.',
  valuesMap: { PLAIN: { description: 'It forms when every seat is paid for, all at the same price.' } },
});

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
