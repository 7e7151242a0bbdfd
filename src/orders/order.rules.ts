import { type Refusal, stateMachine } from '#common';
import type { CheckoutStatus } from './checkout.entity.js';
import type { Order, OrderStatus } from './order.entity.js';
import type { OrderLine } from './order-line.entity.js';
import { OrderNotRefundable, RefundTooLarge } from './order.refusals.js';

/** RELEASED -> PAID: money came for what was no longer held; its orders are PAID_LATE. */
export const checkoutLife = stateMachine<CheckoutStatus>({
  HELD: ['PAID', 'RELEASED'],
  PAID: [],
  RELEASED: ['PAID'],
});

export const orderLife = stateMachine<OrderStatus>({
  UNPAID: ['AWAITING_TEAM', 'PAID', 'PAID_LATE', 'CANCELLED'],
  AWAITING_TEAM: ['TO_FULFIL', 'REFUNDED'],
  PAID: ['TO_FULFIL', 'REFUNDED'],
  PAID_LATE: ['AWAITING_TEAM', 'REFUNDED'],
  TO_FULFIL: ['SHIPPED', 'SORTING', 'REFUNDED'],
  SHIPPED: ['RECEIVED', 'REFUNDED'],
  SORTING: ['IN_TRANSIT', 'REFUNDED'],
  IN_TRANSIT: ['READY_FOR_PICKUP', 'REFUNDED'],
  READY_FOR_PICKUP: ['COLLECTED', 'UNCOLLECTED', 'REFUNDED'],
  COLLECTED: ['RECEIVED', 'REFUNDED'],
  UNCOLLECTED: ['RECEIVED', 'REFUNDED'],
  RECEIVED: ['COMPLETED', 'REFUNDED'],
  COMPLETED: ['REFUNDED'],
  CANCELLED: ['PAID_LATE'],
  REFUNDED: [],
});

/** Nothing more comes of an order that stands here, unless a late payment or the shop's own decision wakes it. */
export const OVER: readonly OrderStatus[] = ['COMPLETED', 'REFUNDED', 'CANCELLED'];

/** Paid, decided and not settled yet: its money is in escrow. */
const REFUNDABLE: ReadonlySet<OrderStatus> = new Set([
  'TO_FULFIL',
  'SHIPPED',
  'SORTING',
  'IN_TRANSIT',
  'READY_FOR_PICKUP',
  'COLLECTED',
  'UNCOLLECTED',
  'RECEIVED',
]);

/** Whether an order's money is in escrow, and what becomes of it decided. */
export function isRefundable(status: OrderStatus): boolean {
  return REFUNDABLE.has(status);
}

/** Whether an operator may give back this much of an order, also of one that is settled, from those who got it; null if so. */
export function mayRefund(
  { status, payableMinor, refundingMinor }: Pick<Order, 'status' | 'payableMinor' | 'refundingMinor'>,
  amountMinor: number,
): Refusal | null {
  if (!isRefundable(status) && status !== 'COMPLETED') return new OrderNotRefundable(status);
  const leftMinor = payableMinor - refundingMinor;
  return amountMinor > leftMinor ? new RefundTooLarge(leftMinor) : null;
}

/** What says how much of a line is left to ship. */
export type ShippedLine = Pick<OrderLine, 'quantity' | 'shippedQuantity' | 'cancelledQuantity'>;

/** What is left to ship of an order, by line; lines of which nothing is left are not among them. */
export function unshippedOf<Line extends ShippedLine>(lines: readonly Line[]): Line[] {
  return lines
    .map((line) => ({ ...line, quantity: line.quantity - line.shippedQuantity - line.cancelledQuantity }))
    .filter(({ quantity }) => quantity > 0);
}

/** Whether all that was paid for an order is back with the buyer or promised back, so that nothing of it is to be shipped any more. */
export function isAllPromisedBack({
  payableMinor,
  refundingMinor,
}: Pick<Order, 'payableMinor' | 'refundingMinor'>): boolean {
  return payableMinor > 0 && refundingMinor === payableMinor;
}

/**
 * Whether money that arrives is in time. The channel's own time decides, not when we hear of it; but what has been released
 * meanwhile may belong to somebody else, so it cannot be kept for a payment that surfaces afterwards.
 */
export function isInTime(checkout: { status: CheckoutStatus; payUntil: Date }, succeededAt: Date): boolean {
  return checkout.status === 'HELD' && succeededAt <= checkout.payUntil;
}
