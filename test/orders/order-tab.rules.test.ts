import { describe, expect, it } from '@jest/globals';
import { OrderStatus } from '../../src/orders/order.entity.js';
import { OrderTab } from '../../src/orders/lists/order-tab.js';
import { ORDER_TABS, statusesUnder, TAB_OF } from '../../src/orders/lists/order-tab.rules.js';

describe('the tabs of orders', () => {
  it.each<[OrderTab, OrderStatus[]]>([
    ['TO_PAY', ['UNPAID']],
    ['AWAITING_TEAM', ['AWAITING_TEAM']],
    ['TO_SHIP', ['PAID', 'TO_FULFIL', 'SORTING']],
    ['TO_RECEIVE', ['SHIPPED', 'IN_TRANSIT', 'READY_FOR_PICKUP', 'UNCOLLECTED']],
    ['DONE', ['COLLECTED', 'RECEIVED', 'COMPLETED']],
    ['CANCELLED_OR_REFUNDED', ['PAID_LATE', 'CANCELLED', 'REFUNDED']],
  ])('%s has %j', (tab, statuses) => {
    expect(statusesUnder(tab)).toEqual(statuses);
  });

  it('have each status once', () => {
    expect(ORDER_TABS.flatMap(statusesUnder).toSorted()).toEqual(Object.values(OrderStatus).toSorted());
    expect(ORDER_TABS).toEqual(Object.values(OrderTab));
    expect(TAB_OF.UNPAID).toBe('TO_PAY');
  });
});
