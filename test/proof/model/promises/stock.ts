import { isSentHere } from './freight.js';
import type { Model } from './model.js';
import type { Offer, Purchase } from './records.js';

/** Why so many units cannot be bought in a team now; null if they can. */
export function whyNotTake(model: Model, offer: Offer, quantity: number): string | null {
  if (!model.goods.isOnSale) return 'NotOnSale';
  if (!isSentHere(model)) return 'NotDelivered';
  return isThere(model, offer, quantity) ? null : 'SoldOut';
}

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
