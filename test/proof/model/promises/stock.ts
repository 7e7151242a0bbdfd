import type { Model } from './model.js';
import type { Offer, Purchase } from './records.js';

/** Whether so many units are free, in stock and in the offer's share of it. */
export function isThere({ goods }: Model, offer: Offer | null, quantity: number): boolean {
  const isInShare = !offer || offer.unitsTaken + quantity <= offer.terms.unitsMax;
  return isInShare && goods.unitsFree >= quantity;
}

/** Holds the units of a purchase. */
export function take(model: Model, purchase: Purchase): void {
  hold(model, purchase, purchase.quantity);
}

/** Gives the units of a purchase back to everybody. */
export function giveBack(model: Model, purchase: Purchase): void {
  hold(model, purchase, -purchase.quantity);
}

function hold({ goods }: Model, { team, buyer }: Purchase, units: number): void {
  goods.unitsFree -= units;
  if (!team) return;
  const { offer } = team;
  offer.unitsTaken += units;
  offer.unitsOf.set(buyer, (offer.unitsOf.get(buyer) ?? 0) + units);
}
