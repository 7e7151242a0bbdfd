import { NOT_COUNTED } from '#orders';
import type { Invariant } from './invariant.js';

/** What a freight must be by the numbers that are kept with it: the rule of `freight.rules.ts`, said once more in SQL. */
const RECKONED = `IF(weight_grams = 0 OR goods_minor >= COALESCE(free_from_minor, goods_minor + 1), 0,
  first_minor + CEIL(GREATEST(weight_grams - first_grams, 0) / step_grams) * step_minor)`;

export const CHECKOUT: readonly Invariant[] = [
  {
    number: 'INV-79',
    name: 'freight-is-explained',
    holds: {
      zh: '订单运费等于其运费明细之和，每项明细均可由所存规则重新算出。',
      en: 'An order’s freight is the sum of what explains it, and each part follows from the numbers that are kept with it.',
    },
    sql: `SELECT HEX(orders.id) AS order_id, freight_minor, COALESCE(SUM(amount_minor), 0) AS of_parts FROM orders
          LEFT JOIN order_freight ON order_freight.order_id = orders.id
          GROUP BY orders.id, freight_minor HAVING freight_minor <> of_parts
          UNION ALL SELECT HEX(order_id), amount_minor, ${RECKONED} FROM order_freight WHERE amount_minor <> ${RECKONED}
          UNION ALL SELECT HEX(order_id), amount_minor, 0 FROM order_freight
          LEFT JOIN orders ON orders.id = order_id WHERE orders.id IS NULL OR orders.currency <> order_freight.currency`,
  },
  {
    number: 'INV-80',
    name: 'buyers-have-what-they-bought-alone',
    holds: {
      zh: '每位买家单独购买的件数等于其有效订单之和。',
      en: 'What is counted of each buyer and SKU is what stands in orders that were bought alone and are neither cancelled nor given back.',
    },
    sql: `SELECT HEX(buyer_id) AS buyer, HEX(sku_id) AS sku, SUM(counted) AS counted, SUM(bought) AS bought FROM (
            SELECT buyer_id, sku_id, units AS counted, 0 AS bought FROM sku_buyer
            UNION ALL SELECT buyer_id, sku_id, 0, quantity - cancelled_quantity FROM orders JOIN order_line ON order_line.order_id = orders.id
            WHERE NOT awaits_team AND status NOT IN (${NOT_COUNTED.map((status) => `'${status}'`).join(', ')})
          ) AS units GROUP BY buyer_id, sku_id HAVING counted <> bought`,
  },
  {
    number: 'INV-81',
    name: 'products-follow-their-suppliers-templates',
    holds: {
      zh: '商品的运费模板属于该商品的供应商。',
      en: 'The freight template of a product is its own supplier’s.',
    },
    sql: `SELECT HEX(product.id) AS product FROM product LEFT JOIN freight_template ON freight_template.id = freight_template_id
          WHERE freight_template_id IS NOT NULL AND NOT (freight_template.supplier_id <=> product.supplier_id)`,
  },
];
