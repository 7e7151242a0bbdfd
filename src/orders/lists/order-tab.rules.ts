import type { OrderStatus } from '../order.entity.js';
import { OrderTab } from './order-tab.js';

/** Under which tab an order is, by its status. */
export const TAB_OF: Readonly<Record<OrderStatus, OrderTab>> = {
  UNPAID: 'TO_PAY',
  AWAITING_TEAM: 'AWAITING_TEAM',
  PAID: 'TO_SHIP',
  TO_FULFIL: 'TO_SHIP',
  SORTING: 'TO_SHIP',
  SHIPPED: 'TO_RECEIVE',
  IN_TRANSIT: 'TO_RECEIVE',
  READY_FOR_PICKUP: 'TO_RECEIVE',
  UNCOLLECTED: 'TO_RECEIVE',
  COLLECTED: 'DONE',
  RECEIVED: 'DONE',
  COMPLETED: 'DONE',
  PAID_LATE: 'CANCELLED_OR_REFUNDED',
  CANCELLED: 'CANCELLED_OR_REFUNDED',
  REFUNDED: 'CANCELLED_OR_REFUNDED',
};

export const ORDER_TABS = Object.values(OrderTab);

export function statusesUnder(tab: OrderTab): OrderStatus[] {
  return (Object.keys(TAB_OF) as OrderStatus[]).filter((status) => TAB_OF[status] === tab);
}
