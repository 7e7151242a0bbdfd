import type { Invariant } from './invariant.js';

/** How many parcels WeChat lists for one payment. */
const PARCELS_MAX = 15;

export const FULFILMENT: readonly Invariant[] = [
  {
    number: 'INV-70',
    name: 'shipped-units-are-in-parcels',
    holds: {
      zh: '订单明细的已发数量等于其包裹内数量之和，且不超过购买数量；每个包裹都有本订单的货物。',
      en: 'What is shipped of a line is what its parcels hold, and no more than was bought; every parcel holds goods of its own order.',
    },
    sql: `SELECT HEX(order_line.id) AS line, order_line.quantity, shipped_quantity, COALESCE(SUM(parcel_line.quantity), 0) AS packed
          FROM order_line LEFT JOIN parcel_line ON parcel_line.line_id = order_line.id
          GROUP BY order_line.id, order_line.quantity, shipped_quantity
          HAVING shipped_quantity <> packed OR shipped_quantity > order_line.quantity
          UNION ALL SELECT HEX(parcel.id), COUNT(order_line.id), 0, 0 FROM parcel
          LEFT JOIN parcel_line ON parcel_line.parcel_id = parcel.id
          LEFT JOIN order_line ON order_line.id = parcel_line.line_id AND order_line.order_id = parcel.order_id
          GROUP BY parcel.id HAVING COUNT(*) <> COUNT(order_line.id)`,
  },
  {
    number: 'INV-71',
    name: 'orders-stand-where-their-parcels-are',
    holds: {
      zh: '已发货的订单没有待发货物，待发货的订单除正在全额退款外至少还有一件，未付款的订单没有发货。',
      en: 'Of a shipped order nothing is left to ship, of one to be fulfilled something is unless all its money goes back, and of one that is not paid nothing was shipped.',
    },
    sql: `SELECT HEX(orders.id) AS order_id, orders.status, SUM(quantity - shipped_quantity - cancelled_quantity) AS units_left, SUM(shipped_quantity) AS shipped,
            payable_minor > 0 AND orders.refunding_minor = payable_minor AS is_all_back
          FROM orders JOIN order_line ON order_line.order_id = orders.id
          GROUP BY orders.id, orders.status, is_all_back
          HAVING (orders.status IN ('SHIPPED', 'RECEIVED', 'COMPLETED') AND units_left > 0)
            OR (orders.status = 'TO_FULFIL' AND units_left = 0 AND (shipped > 0 OR NOT is_all_back))
            OR (orders.status IN ('UNPAID', 'AWAITING_TEAM', 'PAID', 'PAID_LATE', 'CANCELLED') AND shipped > 0)`,
  },
  {
    number: 'INV-72',
    name: 'orders-have-their-times',
    holds: {
      zh: '订单的履约、自动收货、收货和售后截止时间与其状态相符，且先后有序。',
      en: 'The times by which an order goes on fit where it stands, and follow each other.',
    },
    sql: `SELECT HEX(id) AS order_id, status, to_fulfil_at, receive_by, received_at, completes_at FROM orders
          WHERE (status IN ('TO_FULFIL', 'SHIPPED', 'RECEIVED', 'COMPLETED') AND to_fulfil_at IS NULL)
            OR (status IN ('SHIPPED', 'RECEIVED', 'COMPLETED') AND (receive_by IS NULL OR receive_by < to_fulfil_at))
            OR (status IN ('RECEIVED', 'COMPLETED') AND (received_at IS NULL OR completes_at IS NULL OR completes_at <= received_at))
            OR (status IN ('TO_FULFIL', 'SHIPPED') AND (received_at IS NOT NULL OR completes_at IS NOT NULL))`,
  },
  {
    number: 'INV-73',
    name: 'shipped-payments-are-told-to-the-channel',
    holds: {
      zh: '已发货的付款都有一条发货信息上传记录，无需付款的没有。',
      en: 'Of every payment of which something was shipped WeChat is told, and of nothing that cost nothing.',
    },
    sql: `SELECT HEX(checkout.id) AS checkout, checkout.payable_minor, COUNT(DISTINCT shipping_upload.id) AS uploads FROM checkout
          JOIN orders ON orders.checkout_id = checkout.id JOIN parcel ON parcel.order_id = orders.id
          LEFT JOIN shipping_upload ON shipping_upload.checkout_id = checkout.id
          GROUP BY checkout.id, checkout.payable_minor HAVING uploads <> (checkout.payable_minor > 0)`,
  },
  {
    number: 'INV-73',
    name: 'the-channel-knows-all-parcels',
    holds: {
      zh: '已上传的发货信息包含该付款的全部包裹，以上限为准。',
      en: 'What WeChat was told of a payment has all its parcels, as many as it lists.',
    },
    whenQuiet: true,
    sql: `SELECT HEX(shipping_upload.id) AS upload, parcels_uploaded, COUNT(parcel.id) AS parcels FROM shipping_upload
          JOIN orders ON orders.checkout_id = shipping_upload.checkout_id LEFT JOIN parcel ON parcel.order_id = orders.id
          WHERE shipping_upload.status = 'UPLOADED'
          GROUP BY shipping_upload.id, parcels_uploaded HAVING parcels_uploaded <> LEAST(parcels, ${PARCELS_MAX})`,
  },
  {
    number: 'INV-74',
    name: 'unshipped-goods-are-for-sale-again',
    holds: {
      zh: '售出数等于成交减去退回；未发出就退款的货物都已退回可售，已发出的只有退货后重新上架的。',
      en: 'What is sold is what was committed less what came back; of what was not shipped all that was given back came back, and of what was shipped just what is said to.',
    },
    sql: `SELECT HEX(stock.sku_id) AS id, 'stock' AS subject, sold, moved FROM stock
          LEFT JOIN (
            SELECT sku_id, SUM(IF(kind = 'COMMIT', quantity, IF(kind = 'RETURN', -quantity, 0))) AS moved FROM stock_move GROUP BY sku_id
          ) AS moves ON moves.sku_id = stock.sku_id WHERE sold <> COALESCE(moved, 0)
          UNION ALL SELECT HEX(order_line.id), orders.status,
            restocked_quantity
              + IF(orders.status = 'REFUNDED' AND committed.id IS NOT NULL, order_line.quantity - shipped_quantity, cancelled_quantity) AS due,
            COALESCE(returned.quantity, 0) AS came_back
          FROM orders JOIN order_line ON order_line.order_id = orders.id
          LEFT JOIN stock_move AS committed ON committed.order_id = orders.id AND committed.sku_id = order_line.sku_id AND committed.kind = 'COMMIT'
          LEFT JOIN (
            SELECT order_id, sku_id, SUM(quantity) AS quantity FROM stock_move WHERE kind = 'RETURN' GROUP BY order_id, sku_id
          ) AS returned ON returned.order_id = orders.id AND returned.sku_id = order_line.sku_id
          WHERE orders.to_fulfil_at IS NOT NULL
          HAVING due <> came_back`,
  },
];
