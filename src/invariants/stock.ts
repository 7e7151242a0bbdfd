import type { Invariant } from './invariant.js';

const LIVE_RESERVATIONS = `
  SELECT reserved.sku_id, reserved.order_id, reserved.allotment_id, reserved.quantity FROM stock_move AS reserved
  LEFT JOIN stock_move AS ended ON ended.order_id = reserved.order_id AND ended.sku_id = reserved.sku_id
    AND ended.hold = reserved.hold AND ended.ends
  WHERE reserved.kind = 'RESERVE' AND ended.id IS NULL`;

export const STOCK: readonly Invariant[] = [
  {
    number: 'INV-15',
    name: 'units-add-up',
    holds: {
      zh: '现货、占用与售出之和等于收货与调整之和，且均不为负。',
      en: 'On hand, reserved and sold sum to what was received and adjusted, and none is negative.',
    },
    sql: `SELECT HEX(stock.sku_id) AS sku, on_hand, reserved, sold, received FROM stock
          LEFT JOIN (
            SELECT sku_id, SUM(quantity) AS received FROM stock_move WHERE kind IN ('RECEIVE', 'ADJUST') GROUP BY sku_id
          ) AS moves ON moves.sku_id = stock.sku_id
          WHERE on_hand + reserved + sold <> COALESCE(received, 0) OR on_hand < 0 OR reserved < 0 OR sold < 0`,
  },
  {
    number: 'INV-16',
    name: 'reserved-equals-reservations',
    holds: {
      zh: '占用数等于有效占用之和。',
      en: 'What is reserved is the sum of live reservations.',
    },
    sql: `SELECT HEX(stock.sku_id) AS sku, reserved, live FROM stock
          LEFT JOIN (
            SELECT sku_id, SUM(quantity) AS live FROM (${LIVE_RESERVATIONS}) AS reservations GROUP BY sku_id
          ) AS sums ON sums.sku_id = stock.sku_id
          WHERE reserved <> COALESCE(live, 0)`,
  },
  {
    number: 'INV-16',
    name: 'ended-orders-reserve-nothing',
    holds: {
      zh: '已取消、已转履约或退款中的订单不占用库存。',
      en: 'An order that is cancelled, handed to fulfilment or going back reserves nothing.',
    },
    sql: `SELECT HEX(orders.id) AS order_id, orders.status, live.quantity FROM orders
          JOIN (${LIVE_RESERVATIONS}) AS live ON live.order_id = orders.id
          WHERE orders.status NOT IN ('UNPAID', 'AWAITING_TEAM', 'PAID_LATE')`,
  },
  {
    number: 'INV-16',
    name: 'allotments-count-what-is-taken',
    holds: {
      zh: '活动库存的已用数等于该活动占用与售出之和，且不超过上限。',
      en: 'An allotment counts what its offer reserved and sold, and is not exceeded.',
    },
    sql: `SELECT HEX(allotment.id) AS allotment, units_max, units_taken, taken FROM allotment
          LEFT JOIN (
            SELECT allotment_id, SUM(IF(kind = 'RESERVE', quantity, IF(kind = 'RELEASE', -quantity, 0))) AS taken
            FROM stock_move WHERE allotment_id IS NOT NULL GROUP BY allotment_id
          ) AS moves ON moves.allotment_id = allotment.id
          WHERE units_taken <> COALESCE(taken, 0) OR units_taken > units_max`,
  },
  {
    number: 'INV-17',
    name: 'holds-end-once',
    holds: {
      zh: '订单的每次占用只发生一次，之后售出或释放，不会两者都有；退回的不超过售出的。',
      en: 'Each hold of an order is reserved once, and committed or released, never both; no more comes back than was committed.',
    },
    sql: `SELECT HEX(order_id) AS order_id, HEX(sku_id) AS sku, hold FROM stock_move WHERE order_id IS NOT NULL
          GROUP BY order_id, sku_id, hold HAVING SUM(kind = 'RESERVE') <> 1 OR SUM(kind IN ('COMMIT', 'RELEASE')) > 1
            OR MAX(IF(kind = 'RETURN', NULL, quantity)) <> MIN(IF(kind = 'RETURN', NULL, quantity))
            OR SUM(IF(kind = 'RETURN', quantity, 0)) > SUM(IF(kind = 'COMMIT', quantity, 0))`,
  },
];
