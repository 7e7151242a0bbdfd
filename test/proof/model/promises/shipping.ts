import { hasOpenCase, leftToShip } from './cases.js';
import type { Model } from './model.js';
import type { Purchase } from './records.js';
import { captureOf } from './refunds.js';
import { closeIfOver } from './teams.js';

/** docs/API.md: ten days to receive, three more once, seven whole days in the shop's zone from the next one on. */
const DAY_SECONDS = 24 * 3_600;
const RECEIVE_SECONDS = 10 * DAY_SECONDS;
const EXTENSION_SECONDS = 3 * DAY_SECONDS;
const AFTER_SALE_DAYS = 7;
/** Asia/Shanghai, where no clock is ever changed. */
const ZONE_SECONDS = 8 * 3_600;

/** What shipping so many units is answered with; all that is left, if nothing is said. */
export function whyNotShip(purchase: Purchase, units: number | null): string | null {
  const { order, payableMinor, promisedMinor } = purchase;
  if (order !== 'TO_FULFIL') return 'OrderNotToShip';
  if (payableMinor > 0 && promisedMinor === payableMinor) return 'OrderPromisedBack';
  const left = leftToShip(purchase);
  if (units === null) return left === 0 ? 'UnitsWithheld' : null;
  return units > left ? 'MoreThanLeftToShip' : null;
}

export function ship(
  model: Model,
  purchase: Purchase,
  parcel: { id: string; number: string; units: number | null },
): void {
  const { id, number } = parcel;
  purchase.shipped += parcel.units ?? leftToShip(purchase);
  purchase.lastShippedAt = model.now;
  purchase.parcels.push({ id, number });
  shipIfNothingIsLeft(purchase);
  tellChannel(model, purchase);
}

/** Units that were not shipped will never be: they are for sale again, and what was shipped may be all there is to ship. */
export function cancelUnits(model: Model, purchase: Purchase, units: number): void {
  if (units === 0) return;
  purchase.cancelled += units;
  model.goods.unitsFree += units;
  if (purchase.shipped > 0 && shipIfNothingIsLeft(purchase)) tellChannel(model, purchase);
}

/** What correcting a parcel is answered with; null if it is done. */
export function whyNotCorrect({ order, payableMinor, finished }: Purchase): string | null {
  if (order !== 'TO_FULFIL' && order !== 'SHIPPED') return 'ParcelClosed';
  return payableMinor > 0 && finished > 1 ? 'CorrectionUsedUp' : null;
}

export function correct(model: Model, purchase: Purchase, parcel: Purchase['parcels'][number], number: string): void {
  parcel.number = number;
  tellChannel(model, purchase);
}

export function receive(model: Model, purchase: Purchase): void {
  purchase.order = 'RECEIVED';
  const day = Math.floor((model.now + ZONE_SECONDS) / DAY_SECONDS);
  purchase.completesAt = (day + AFTER_SALE_DAYS + 1) * DAY_SECONDS - ZONE_SECONDS;
}

export function whyNotExtend({ now }: Model, { order, isExtended, receiveBy }: Purchase): string | null {
  if (order !== 'SHIPPED') return 'OrderNotReceivable';
  if (isExtended) return 'ReceiptAlreadyExtended';
  return now >= receiveBy ? 'ReceiptOver' : null;
}

export function extend(purchase: Purchase): void {
  purchase.isExtended = true;
  purchase.receiveBy += EXTENSION_SECONDS;
}

/** By the clock: whoever has not said so is taken to have the order. */
export function receiveOverdue(model: Model): void {
  for (const purchase of model.purchases)
    if (purchase.order === 'SHIPPED' && purchase.receiveBy <= model.now && !hasOpenCase(purchase))
      receive(model, purchase);
}

/** By the clock: nothing more comes of what can no longer be returned, unless money is on its way. */
export function completeOverdue(model: Model): void {
  for (const purchase of model.purchases) {
    const { order, completesAt, promisedMinor, refundedMinor } = purchase;
    if (order !== 'RECEIVED' || completesAt > model.now) continue;
    if (promisedMinor !== refundedMinor || hasOpenCase(purchase)) continue;
    purchase.order = 'COMPLETED';
    const { team } = purchase;
    if (team)
      model.later(purchase, () => {
        closeIfOver(team);
      });
  }
}

function shipIfNothingIsLeft(purchase: Purchase): boolean {
  if (!isAllShipped(purchase)) return false;
  purchase.order = 'SHIPPED';
  purchase.receiveBy = purchase.lastShippedAt + RECEIVE_SECONDS;
  return true;
}

function isAllShipped({ quantity, shipped, cancelled }: Purchase): boolean {
  return shipped + cancelled === quantity;
}

/** WeChat hears of it when work is done, of all that is new at once; it counts how often the shipping was finished. */
function tellChannel(model: Model, purchase: Purchase): void {
  purchase.isNews = true;
  model.later(purchase, () => {
    if (!purchase.isNews || isGivenBack(purchase)) return;
    purchase.isNews = false;
    if (!isAllShipped(purchase)) return;
    const said = purchase.parcels.map(({ number }) => number).join();
    if (purchase.said !== said) purchase.finished += 1;
    purchase.said = said;
  });
}

/** Of a payment that is back with its buyer WeChat takes nothing. */
function isGivenBack(purchase: Purchase): boolean {
  const repaid = captureOf(purchase)?.refunds.filter(({ atChannel }) => atChannel === 'SUCCESS') ?? [];
  return (
    purchase.order === 'REFUNDED' ||
    repaid.reduce((sum, { amountMinor }) => sum + amountMinor, 0) === purchase.payableMinor
  );
}
