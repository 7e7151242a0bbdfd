import { secondsAfter, stateMachine } from '#common';
import { type Order, type OrderLine, type ShippedLine, unshippedOf } from '#orders';
import { type DeliveryMode, ITEM_DESCRIPTION_CHARACTERS_MAX } from '#wechat';
import type { ShippingUpload, ShippingUploadStatus } from './shipping-upload.entity.js';

export const uploadLife = stateMachine<ShippingUploadStatus>({
  PENDING: ['UPLOADED', 'STUCK', 'CLOSED'],
  UPLOADED: ['PENDING'],
  STUCK: ['PENDING'],
  CLOSED: [],
});

/** What WeChat's no means (wechat.md 1.9): it knows already, it takes nothing more, ask again, or an operator must look. */
export type Verdict = 'KNOWN' | 'OVER' | 'LATER' | 'STUCK';

/** Nothing has changed since the last upload. */
const NOTHING_NEW = '10060023';
/** The order is finished at WeChat; the one correction was used. */
export const FINISHED = '10060002';
export const CORRECTED = '10060003';
/**
 * Those that pass: the payment is not known yet, which happens right after it; two kinds of system errors; and an upload that was overtaken by
 * another, whose next attempt has a later time.
 */
const PASSING: ReadonlySet<string> = new Set(['10060001', '10060012', '10060019', '268485216']);

/** What to make of an upload that WeChat did not take, by the code of its no. */
export function verdictOn({ code, isRetryable }: { readonly code: string; readonly isRetryable: boolean }): Verdict {
  if (code === NOTHING_NEW) return 'KNOWN';
  if (code === FINISHED || code === CORRECTED) return 'OVER';
  return isRetryable || PASSING.has(code) ? 'LATER' : 'STUCK';
}

/** Some minutes of patience, then slower. */
const RETRY_SECONDS = [15, 30, 60, 60, 120, 300, 600, 1_800] as const;
const RETRY_SECONDS_MAX = 3_600;
/** About half a day. */
const FAILURES_MAX = 18;

/** When to try again after so many failures in a row. */
export function nextTryAt(failures: number, now: Date): Date {
  return secondsAfter(now, RETRY_SECONDS[failures - 1] ?? RETRY_SECONDS_MAX);
}

/** Whether so many failures in a row are for an operator to see. */
export function isHopeless(failures: number): boolean {
  return failures >= FAILURES_MAX;
}

/** The time of the next attempt: now, or just after the last one if clocks differ. */
export function nextSentAt({ sentAt }: Pick<ShippingUpload, 'sentAt'>, now: Date): Date {
  return sentAt && sentAt >= now ? new Date(sentAt.getTime() + 1) : now;
}

/** Whether nothing more of an order will be shipped: all of it is, or it is over without that. */
export function isAllShipped({ status }: Pick<Order, 'status'>, lines: readonly ShippedLine[]): boolean {
  return status === 'REFUNDED' || status === 'CANCELLED' || unshippedOf(lines).length === 0;
}

/** Whether nothing more of a payment will be shipped. */
export function areAllShipped(
  orders: readonly Pick<Order, 'id' | 'status'>[],
  lines: readonly (ShippedLine & Pick<OrderLine, 'orderId'>)[],
): boolean {
  return orders.every((order) =>
    isAllShipped(
      order,
      lines.filter(({ orderId }) => orderId === order.id),
    ),
  );
}

/** One parcel for the whole payment is unified; as it was first said, it stays. */
export function modeOf(
  { mode }: Pick<ShippingUpload, 'mode'>,
  { parcels, isAllDelivered }: { readonly parcels: number; readonly isAllDelivered: boolean },
): DeliveryMode {
  return mode ?? (parcels === 1 && isAllDelivered ? 'UNIFIED' : 'SPLIT');
}

/** What is in a parcel, as far as WeChat has room for it. */
export function itemDescription(items: readonly { readonly title: string; readonly quantity: number }[]): string {
  const text = items.map(({ title, quantity }) => `${title}×${quantity}`).join('、');
  return [...text].slice(0, ITEM_DESCRIPTION_CHARACTERS_MAX).join('');
}

/** WeChat takes the shipping of a payment as finished once, and once more if it is corrected. */
export const CORRECTIONS_MAX = 1;
