import { defineFact } from '#jobs';
import type { OrderId } from './order.entity.js';

/** An order that a team waits for is paid. */
export const orderPaid = defineFact<{ orderId: OrderId }>('orders.paid');

/** An order of a team was paid when its hold was over: the team takes it, or it is refunded. */
export const orderPaidLate = defineFact<{ orderId: OrderId }>('orders.paidLate');

/** Nothing of the order's money is left with us. */
export const orderRefunded = defineFact<{ orderId: OrderId }>('orders.refunded');
