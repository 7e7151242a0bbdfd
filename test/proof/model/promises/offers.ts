import type { Model } from './model.js';
import type { Offer, Terms } from './records.js';

const PAY_WINDOW_SECONDS = 900;
const TTL_SECONDS_MAX = 48 * 3_600;

/** Why an offer with such terms could not work; null if it could. */
export function whyNotWork({ now, goods }: Model, terms: Terms): string | null {
  const openSeconds = terms.endsAt - Math.max(now, terms.startsAt);
  if (Math.min(openSeconds, terms.ttlSeconds) < PAY_WINDOW_SECONDS) return 'OfferTooShort';
  if (terms.ttlSeconds > TTL_SECONDS_MAX) return 'OfferTooLong';
  if (terms.priceMinor > goods.priceMinor) return 'PriceAboveSingle';
  return terms.unitsMax < terms.size ? 'ShareTooSmall' : null;
}

/** What changing an offer is answered with, by somebody who has looked at one revision of it. */
export function changing(model: Model, { revision, unitsTaken }: Offer, terms: Terms, seen: number): string {
  if (seen !== revision) return 'OfferChanged';
  return whyNotWork(model, terms) ?? (terms.unitsMax < unitsTaken ? 'ShareBelowTaken' : 'OfferSheet');
}
