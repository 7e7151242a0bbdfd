import { dateIn, type Refusal, secondsAfter, startOfDay } from '#common';
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
  const { year, month, day } = dateIn(receivedAt, timeZone);
  return startOfDay({ year, month, day: day + AFTER_SALE_DAYS + 1 }, timeZone);
}
