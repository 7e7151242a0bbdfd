import type { Refusal } from '#common';
import type { Offer } from './offer.entity.js';
import { OfferFrozen, OfferNotOpen, OrderLimitExceeded } from './offer.refusals.js';

/** Whether a team can be opened by an offer at `now` with so many units; null if so. */
export function mayOpen(
  offer: Pick<Offer, 'startsAt' | 'endsAt' | 'frozenAt' | 'unitsPerOrder'>,
  { quantity }: { readonly quantity: number },
  now: Date,
): Refusal | null {
  if (now < offer.startsAt || now >= offer.endsAt) return new OfferNotOpen(offer);
  if (offer.frozenAt) return new OfferFrozen();
  return quantity > offer.unitsPerOrder ? new OrderLimitExceeded(offer.unitsPerOrder) : null;
}
