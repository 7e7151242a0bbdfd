import { type Refusal, secondsAfter } from '#common';
import type { Order, OrderStatus } from '#orders';
import { OrderNotReceivable, ReceiptAlreadyExtended, ReceiptOver } from './receipt.refusals.js';

const DAY_SECONDS = 24 * 3_600;
/** After this the buyer is taken to have the parcel (design.md 4). */
const RECEIVE_WITHIN_DAYS = 10;
export const RECEIPT_EXTENSION_DAYS = 3;
/** Whole days for returning without a reason, counted from the day after receipt (Consumer Protection Law 25, 暂行办法). */
const AFTER_SALE_DAYS = 7;

/** When the buyer is taken to have an order whose last parcel was shipped then. */
export function receiveBy(lastShippedAt: Date): Date {
  return secondsAfter(lastShippedAt, RECEIVE_WITHIN_DAYS * DAY_SECONDS);
}

/** The same, put off by its buyer. */
export function extendedReceipt(by: Date): Date {
  return secondsAfter(by, RECEIPT_EXTENSION_DAYS * DAY_SECONDS);
}

const HAVE_IT: readonly OrderStatus[] = ['RECEIVED', 'COMPLETED'];

/** Whether the buyer has it already, so that saying so again changes nothing. */
export function isReceived({ status }: Pick<Order, 'status'>): boolean {
  return HAVE_IT.includes(status);
}

/** Whether a buyer can say that an order has come; null if so. */
export function mayReceive({ status }: Pick<Order, 'status'>): Refusal | null {
  return status === 'SHIPPED' ? null : new OrderNotReceivable(status);
}

/** Whether a buyer can put off the time at which they are taken to have it; null if so. */
export function mayExtend(
  { status, isReceiptExtended, receiveBy: by }: Pick<Order, 'status' | 'isReceiptExtended' | 'receiveBy'>,
  now: Date,
): Refusal | null {
  if (status !== 'SHIPPED' || by === null) return new OrderNotReceivable(status);
  if (isReceiptExtended) return new ReceiptAlreadyExtended();
  return now >= by ? new ReceiptOver() : null;
}

/** When the after-sale window of an order ends: its last whole day in the shop's time zone is over. */
export function afterSaleEndsAt(receivedAt: Date, timeZone: string): Date {
  const { year, month, day } = partsIn(receivedAt, timeZone);
  return startOfDay({ year, month, day: day + AFTER_SALE_DAYS + 1 }, timeZone);
}

interface CalendarDate {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  /** From 1; more than the month has leads into the next. */
  readonly day: number;
}

/** The first instant that is not before a day, also where clocks are changed at midnight, or skip the whole day. */
function startOfDay({ year, month, day }: CalendarDate, timeZone: string): Date {
  const asUtc = new Date(Date.UTC(year, month - 1, day));
  // The day begins by the offset of the day before it or by its own; what is on the day before still is no beginning.
  const candidates = [-DAY_SECONDS, DAY_SECONDS]
    .map((seconds) => asUtc.getTime() - offsetMilliseconds(secondsAfter(asUtc, seconds), timeZone))
    .filter((milliseconds) => localMidnight(new Date(milliseconds), timeZone) >= asUtc.getTime());
  return new Date(Math.min(...candidates));
}

/** The day of an instant in a zone, as the instant at which it begins in UTC. */
function localMidnight(instant: Date, timeZone: string): number {
  const { year, month, day } = partsIn(instant, timeZone);
  return Date.UTC(year, month - 1, day);
}

/** How far a zone's clocks are ahead of UTC at an instant. */
function offsetMilliseconds(instant: Date, timeZone: string): number {
  const { year, month, day, hour, minute, second } = partsIn(instant, timeZone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant.getTime() / 1_000) * 1_000;
}

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

function partsIn(instant: Date, timeZone: string): Record<Part, number> {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type as string, Number(value)]));
  const part = (name: Part): number => parts.get(name) ?? 0;
  return {
    ...{ year: part('year'), month: part('month'), day: part('day') },
    ...{ hour: part('hour'), minute: part('minute'), second: part('second') },
  };
}
