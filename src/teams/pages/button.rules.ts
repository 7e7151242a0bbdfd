import { NotOnSale, SoldOut } from '#catalog';
import type { Refusal } from '#common';
import type { UserId } from '#identity';
import type { Offer } from '../offers/offer.entity.js';
import { BuyerLimitReached } from '../offers/offer.refusals.js';
import { mayOpen } from '../offers/offer.rules.js';
import type { StandingByOffer, StandingInTeam } from './standing.js';
import type { Team } from '../team.entity.js';
import type { Claim } from '../claim.js';
import { decideClaims, mayLeave } from '../team.rules.js';

const ONE = { buyerId: 'user_viewer', quantity: 1 } satisfies Claim;

/** Why the button for joining with one unit is disabled: what `teamJoin` would answer at `now`; null if it would give a seat. */
export function whyNotJoin(
  team: Pick<Team, 'kind' | 'status' | 'expiresAt' | 'seatsLive' | 'size' | 'unitsPerOrder' | 'unitsPerBuyer'>,
  standing: StandingInTeam,
  now: Date,
): Refusal | null {
  const own: [UserId, Claim][] = standing.seatStatus ? [[ONE.buyerId, ONE]] : [];
  const [answer] = decideClaims({ team, offer: standing, own: new Map(own) }, [ONE], now);
  return answer === ONE ? whyNotBuy(team, standing) : (answer as Refusal);
}

/** Why the button for opening a team with one unit is disabled: what `teamOpen` would answer at `now`; null if it would give a seat. */
export function whyNotOpen(
  offer: Pick<Offer, 'startsAt' | 'endsAt' | 'frozenAt' | 'unitsPerOrder' | 'unitsPerBuyer'>,
  standing: StandingByOffer,
  now: Date,
): Refusal | null {
  return mayOpen(offer, ONE, now) ?? whyNotBuy(offer, standing);
}

/** Why the button for leaving is disabled: what `teamLeave` would answer; null if one can leave, or is not in the team at all. */
export function whyNotLeave(
  team: Pick<Team, 'status'>,
  { seatStatus }: Pick<StandingInTeam, 'seatStatus'>,
): Refusal | null {
  return seatStatus && mayLeave(team, { status: seatStatus });
}

/** In the order in which the mutations look. */
function whyNotBuy(
  { unitsPerBuyer }: Pick<Offer, 'unitsPerBuyer'>,
  { units, isOnSale, unitsLeft, skuId }: StandingByOffer,
): Refusal | null {
  if (units + ONE.quantity > unitsPerBuyer) return new BuyerLimitReached(unitsPerBuyer);
  if (!isOnSale) return new NotOnSale(skuId);
  return unitsLeft < ONE.quantity ? new SoldOut(skuId) : null;
}
