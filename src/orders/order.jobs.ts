import { defineFact, defineJob } from '#jobs';
import type { OrderId } from './order.entity.js';

/** An order that a team waits for is paid. */
export const orderPaid = defineFact<{ orderId: OrderId }>('orders.paid');

/** An order of a team was paid when its hold was over: the team takes it, or it is refunded. */
export const orderPaidLate = defineFact<{ orderId: OrderId }>('orders.paidLate');

/** The buyer has the order, or is taken to have it. */
export const orderReceived = defineFact<{ orderId: OrderId }>('orders.received');

/** The order's after-sale window is over. */
export const orderCompleted = defineFact<{ orderId: OrderId }>('orders.completed');

/** Nothing of the order's money is left with us. */
export const orderRefunded = defineFact<{ orderId: OrderId }>('orders.refunded');

/** Settles what was completed before there was settlement; the migration that brings it leaves one. */
export const settleCompletedOrders = defineJob<Record<string, never>>('orders.settleCompleted');
