import type { Invariant } from './invariant.js';

/** Each case with how many of the refunds that have stood for it have succeeded. */
const OUTCOMES = `
  WITH RECURSIVE chain (case_id, refund_id) AS (
    SELECT id, refund_id FROM after_sale WHERE refund_id IS NOT NULL
    UNION ALL SELECT chain.case_id, refund.id FROM chain JOIN refund ON refund.predecessor_id = chain.refund_id
  )
  SELECT HEX(after_sale.id) AS after_sale, after_sale.status, SUM(refund.status = 'SUCCEEDED') AS succeeded
  FROM after_sale JOIN chain ON case_id = after_sale.id JOIN refund ON refund.id = chain.refund_id
  GROUP BY after_sale.id, after_sale.status`;

export const AFTER_SALE: readonly Invariant[] = [
  {
    number: 'INV-85',
    name: 'units-given-back-are-in-refunds',
    holds: {
      zh: '订单明细的已退件数、已退金额与取消件数等于其退款明细之和，退款明细属于本订单且不超过退款金额。',
      en: 'What is given back or cancelled of a line is the sum of its refund lines; those are of the refund’s own order and no more than its amount.',
    },
    sql: `SELECT HEX(order_line.id) AS id, refunding_quantity, refunding_minor, order_line.cancelled_quantity FROM order_line
          LEFT JOIN (
            SELECT line_id, SUM(quantity) AS units, SUM(amount_minor) AS amount, SUM(cancelled_quantity) AS cancelled FROM refund_line GROUP BY line_id
          ) AS sums ON sums.line_id = order_line.id
          WHERE refunding_quantity <> COALESCE(units, 0) OR refunding_minor <> COALESCE(amount, 0)
            OR order_line.cancelled_quantity <> COALESCE(cancelled, 0)
          UNION ALL SELECT HEX(refund.id), refund.amount_minor, SUM(refund_line.amount_minor), COUNT(order_line.id) FROM refund_line
          JOIN refund ON refund.id = refund_id
          LEFT JOIN order_line ON order_line.id = line_id AND order_line.order_id = refund.order_id
          GROUP BY refund.id, refund.amount_minor
          HAVING SUM(refund_line.amount_minor) > refund.amount_minor OR COUNT(order_line.id) <> COUNT(*)`,
  },
  {
    number: 'INV-86',
    name: 'units-go-one-way',
    holds: {
      zh: '每件商品要么发出要么取消，退款不超过购买，重新上架不超过发出。',
      en: 'A unit is shipped or cancelled, not both; no more is given back than was bought, and no more is for sale again than was shipped.',
    },
    sql: `SELECT HEX(id) AS line, quantity, shipped_quantity, cancelled_quantity, restocked_quantity, refunding_quantity FROM order_line
          WHERE shipped_quantity + cancelled_quantity > quantity OR refunding_quantity > quantity OR restocked_quantity > shipped_quantity
            OR cancelled_quantity > refunding_quantity OR refunding_minor > amount_minor`,
  },
  {
    number: 'INV-87',
    name: 'claimed-units-are-in-open-cases',
    holds: {
      zh: '订单明细的申请中件数与暂缓发货件数等于其未决售后申请之和，订单的未结售后数等于其未结申请数。',
      en: 'What is claimed and withheld of a line is the sum of its open cases, and an order counts as many open cases as it has.',
    },
    sql: `SELECT HEX(order_line.id) AS id, claimed_quantity AS counted, COALESCE(claimed, 0) AS of_cases FROM order_line
          LEFT JOIN (
            SELECT line_id, SUM(IF(status = 'REFUNDING', 0, quantity)) AS claimed, SUM(IF(status = 'APPLIED' AND is_unshipped, quantity, 0)) AS withheld
            FROM after_sale_line JOIN after_sale ON after_sale.id = after_sale_id WHERE closed_at IS NULL GROUP BY line_id
          ) AS cases ON cases.line_id = order_line.id
          WHERE claimed_quantity <> COALESCE(claimed, 0) OR withheld_quantity <> COALESCE(withheld, 0)
          UNION ALL SELECT HEX(orders.id), open_after_sales, COUNT(after_sale.id) FROM orders
          LEFT JOIN after_sale ON after_sale.order_id = orders.id AND closed_at IS NULL
          GROUP BY orders.id, open_after_sales HAVING open_after_sales <> COUNT(after_sale.id)
          UNION ALL SELECT HEX(order_line.id), refunding_quantity + claimed_quantity, quantity FROM order_line
          WHERE refunding_quantity + claimed_quantity > quantity OR withheld_quantity > claimed_quantity`,
  },
  {
    number: 'INV-88',
    name: 'cases-are-of-one-order',
    holds: {
      zh: '每个售后申请都有明细，且明细、买家、供应商和货币均属于同一订单。',
      en: 'Every case has lines, and its lines, buyer, supplier and currency are those of its order.',
    },
    sql: `SELECT HEX(after_sale.id) AS after_sale, COUNT(after_sale_line.line_id) AS case_lines, COUNT(order_line.id) AS of_the_order FROM after_sale
          LEFT JOIN after_sale_line ON after_sale_line.after_sale_id = after_sale.id
          LEFT JOIN order_line ON order_line.id = line_id AND order_line.order_id = after_sale.order_id
          GROUP BY after_sale.id HAVING COUNT(after_sale_line.line_id) = 0 OR COUNT(order_line.id) <> COUNT(after_sale_line.line_id)
          UNION ALL SELECT HEX(after_sale.id), 0, 0 FROM after_sale JOIN orders ON orders.id = order_id
          WHERE after_sale.buyer_id <> orders.buyer_id OR after_sale.supplier_id <> orders.supplier_id OR after_sale.currency <> orders.currency`,
  },
  {
    number: 'INV-89',
    name: 'case-amounts-add-up',
    holds: {
      zh: '售后金额等于其明细与运费之和；已承诺退款的，等于其退款金额，且退款属于同一订单。',
      en: 'The amount of a case is the sum of its lines and freight; once it is promised, that of its refund, which is of the same order.',
    },
    sql: `SELECT HEX(after_sale.id) AS after_sale, amount_minor, of_parts FROM after_sale
          JOIN (SELECT after_sale_id, SUM(amount_minor) AS of_parts FROM after_sale_line GROUP BY after_sale_id) AS parts ON after_sale_id = after_sale.id
          WHERE amount_minor <> of_parts + freight_minor
          UNION ALL SELECT HEX(after_sale.id), after_sale.amount_minor, refund.amount_minor FROM after_sale JOIN refund ON refund.id = refund_id
          WHERE after_sale.amount_minor <> refund.amount_minor OR NOT (refund.order_id <=> after_sale.order_id) OR refund.reason <> 'AFTER_SALE'`,
  },
  {
    number: 'INV-90',
    name: 'done-cases-have-their-money-back',
    holds: {
      zh: '已完成的售后，其退款或接替的退款恰有一笔已成功。',
      en: 'Of a case that is done the refund, or one that took its place, has succeeded.',
    },
    sql: `${OUTCOMES} HAVING after_sale.status = 'DONE' AND succeeded <> 1`,
  },
  {
    number: 'INV-90',
    name: 'cases-end-with-their-money',
    holds: {
      zh: '退款成功的售后均已完成。',
      en: 'A case whose money is back is done.',
    },
    whenQuiet: true, // The fact is on its way until then.
    sql: `${OUTCOMES} HAVING after_sale.status <> 'DONE' AND succeeded > 0`,
  },
  {
    number: 'INV-91',
    name: 'steps-end-where-cases-stand',
    holds: {
      zh: '每个售后申请的最后一步即其当前状态，第一步为申请。',
      en: 'The last step of a case is where it stands, and its first is that it was applied for.',
    },
    sql: `SELECT HEX(after_sale.id) AS after_sale, after_sale.status, latest.status AS last_step, earliest.status AS first_step FROM after_sale
          LEFT JOIN (
            SELECT after_sale_id, status, ROW_NUMBER() OVER (PARTITION BY after_sale_id ORDER BY moved_at DESC, id DESC) AS nth FROM after_sale_step
          ) AS latest ON latest.after_sale_id = after_sale.id AND latest.nth = 1
          LEFT JOIN (
            SELECT after_sale_id, status, ROW_NUMBER() OVER (PARTITION BY after_sale_id ORDER BY moved_at, id) AS nth FROM after_sale_step
          ) AS earliest ON earliest.after_sale_id = after_sale.id AND earliest.nth = 1
          WHERE NOT (latest.status <=> after_sale.status) OR NOT (earliest.status <=> 'APPLIED')`,
  },
];
