import { defineAct } from '#common';

/** An operator gave back some of what was paid for an order, or all of it. */
export const orderRefundedByOperator = defineAct('orders.orderRefunded', 'order');
