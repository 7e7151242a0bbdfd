import { type Refusal, secondsAfter } from '#common';
import { isAllPromisedBack, type LineId, type Order, type OrderLine, type ShippedLine, unshippedOf } from '#orders';
import { PARCELS_PER_PAYMENT_MAX } from '#wechat';
import { carrierOf } from './carriers.js';
import type { ParcelLine } from './parcel.entity.js';
import {
  CarrierUnknown,
  MoreThanLeftToShip,
  OrderNotToShip,
  OrderPromisedBack,
  TooManyParcels,
  TrackingNumberUnfit,
  UnitsWithheld,
} from './parcel.refusals.js';

export const PARCELS_PER_ORDER_MAX = PARCELS_PER_PAYMENT_MAX;

/** A supplier has two days (E-Commerce platforms' usual promise, and when WeChat begins to remind of what is not shipped). */
const SHIP_WITHIN_SECONDS = 48 * 3_600;
/** How much of a number stays readable once nobody may find the parcel by it. */
const OPEN_CHARACTERS = 4;

export type Packed = Pick<ParcelLine, 'lineId' | 'quantity'>;
type Line = ShippedLine & Pick<OrderLine, 'id' | 'withheldQuantity'>;

/** What is judged when an order is shipped, all of it read under the order's lock. */
export interface ToShip {
  readonly order: Pick<Order, 'status' | 'payableMinor' | 'refundingMinor'>;
  readonly lines: readonly Line[];
  /** How many parcels it has. */
  readonly parcels: number;
}

/** Whether a carrier is known and a number may be one of its own; null if so. */
export function mayTrack({ carrier, trackingNumber }: Record<'carrier' | 'trackingNumber', string>): Refusal | null {
  const terms = carrierOf(carrier);
  if (!terms) return new CarrierUnknown();
  return terms.trackingPattern?.test(trackingNumber) === false ? new TrackingNumberUnfit() : null;
}

/**
 * What goes into the next parcel of an order: what is asked for, or all that is left.
 *
 * @param asked lines of the order, each once; null for all that is left
 */
export function packed({ order, lines, parcels }: ToShip, asked: readonly Packed[] | null): Packed[] | Refusal {
  if (order.status !== 'TO_FULFIL') return new OrderNotToShip(order.status);
  if (isAllPromisedBack(order)) return new OrderPromisedBack();
  const left = new Map(unshippedOf(lines).map((line) => [line.id, line.quantity - line.withheldQuantity]));
  const wanted = asked ?? leftOver(left);
  if (wanted.length === 0) return new UnitsWithheld();
  const tooMuch = wanted.find(({ lineId, quantity }) => quantity > (left.get(lineId) ?? 0));
  if (tooMuch) return new MoreThanLeftToShip({ lineId: tooMuch.lineId, leftQuantity: left.get(tooMuch.lineId) ?? 0 });
  const isRest = isLast(lines, wanted);
  // The last parcel that there may be takes all that is left, or the rest could never be shipped.
  if (!isRest && parcels + 1 >= PARCELS_PER_ORDER_MAX) return new TooManyParcels(PARCELS_PER_ORDER_MAX);
  return wanted.map(({ lineId, quantity }) => ({ lineId, quantity }));
}

function leftOver(left: ReadonlyMap<LineId, number>): Packed[] {
  return [...left].map(([lineId, quantity]) => ({ lineId, quantity })).filter(({ quantity }) => quantity > 0);
}

/** Whether an order is shipped with this parcel, so that nothing of it is left. */
export function isLast(lines: readonly Line[], parcel: readonly Packed[]): boolean {
  const added = new Map<LineId, number>(parcel.map(({ lineId, quantity }) => [lineId, quantity]));
  return unshippedOf(lines).every(({ id, quantity }) => added.get(id) === quantity);
}

/** Until when an order should be shipped. */
export function shipBy(toFulfilAt: Date): Date {
  return secondsAfter(toFulfilAt, SHIP_WITHIN_SECONDS);
}

/** Since when an order must have waited to be late at `now`. */
export function lateSince(now: Date): Date {
  return secondsAfter(now, -SHIP_WITHIN_SECONDS);
}

/** What stays of a number when its buyer has left: enough for the record of a trade. Doing it again changes nothing. */
export function maskedTrackingNumber(trackingNumber: string): string {
  return `****${trackingNumber.slice(-OPEN_CHARACTERS)}`;
}

/** Whether the parcels of an order can still be put right. */
export function mayChange({ status }: Pick<Order, 'status'>): boolean {
  return status === 'TO_FULFIL' || status === 'SHIPPED';
}
