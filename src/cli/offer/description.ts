import type { Offer, OfferChange } from '#teams';
import type { NamedShare } from './shares.js';

/** An offer in one line: its terms of today, and how much of each SKU's share is taken. */
export function describeOffer(offer: Offer, shares: readonly NamedShare[]): string {
  const { id, revision, size, ttlSeconds, unitsPerOrder, unitsPerBuyer, startsAt, endsAt, frozenAt } = offer;
  return [
    `${id} revision ${revision}: teams of ${size} within ${ttlSeconds / 3_600} h`,
    `${unitsPerOrder} to an order, ${unitsPerBuyer} to a buyer`,
    `${startsAt.toISOString()} to ${endsAt.toISOString()}`,
    ...shares.map(describeShare),
    ...(frozenAt ? [`frozen since ${frozenAt.toISOString()}`] : []),
  ].join(', ');
}

function describeShare({ code, priceMinor, unitsMax, unitsTaken }: NamedShare): string {
  return `${code}=${(priceMinor / 100).toFixed(2)}:${unitsMax} (${unitsTaken} taken)`;
}

export function describeChange({ changedAt, changedBy, kind, reason, terms }: OfferChange): string {
  return `${changedAt.toISOString()} ${kind} by ${changedBy}, revision ${terms.revision}: ${reason}`;
}
