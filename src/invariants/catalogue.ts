import type { Invariant } from './invariant.js';

export const CATALOGUE: readonly Invariant[] = [
  {
    number: 'INV-75',
    name: 'categories-are-a-tree-of-three-levels',
    holds: {
      zh: '分类最多三级，且没有分类是自己的下级。',
      en: 'Categories have three levels at most, and none is a part of itself.',
    },
    // Round a circle one comes to a third step as well.
    sql: `SELECT HEX(category.id) AS category FROM category
          JOIN category AS parent ON parent.id = category.parent_id
          JOIN category AS grandparent ON grandparent.id = parent.parent_id
          WHERE grandparent.parent_id IS NOT NULL`,
  },
  {
    number: 'INV-76',
    name: 'prices-are-the-newest-kept',
    holds: {
      zh: '规格的现价等于价格记录中最新的一条。',
      en: 'The price of a SKU is the newest of those that are kept.',
    },
    sql: `SELECT HEX(sku.id) AS sku, sku.price_minor, newest.price_minor AS kept_minor FROM sku
          LEFT JOIN (
            SELECT sku_id, price_minor, currency, ROW_NUMBER() OVER (PARTITION BY sku_id ORDER BY id DESC) AS nth FROM sku_price
          ) AS newest ON newest.sku_id = sku.id AND nth = 1
          WHERE NOT (sku.price_minor <=> newest.price_minor) OR sku.currency <> newest.currency`,
  },
  {
    number: 'INV-77',
    name: 'skus-are-combinations-of-options',
    holds: {
      zh: '规格对商品的每个选项各有一个可选值，同一商品没有相同的组合。',
      en: 'A SKU has one value of each option of its product, and no other SKU of it has the same.',
    },
    sql: `SELECT 'values' AS what, HEX(sku.id) AS sku, JSON_LENGTH(option_values) AS found FROM sku
          JOIN product ON product.id = product_id WHERE JSON_LENGTH(option_values) <> JSON_LENGTH(options)
          UNION ALL SELECT 'not offered', HEX(sku.id), chosen.place FROM sku JOIN product ON product.id = product_id
          JOIN JSON_TABLE(option_values, '$[*]' COLUMNS (place FOR ORDINALITY, said VARCHAR(128) PATH '$')) AS chosen
          WHERE NOT JSON_CONTAINS(JSON_EXTRACT(options, CONCAT('$[', chosen.place - 1, '].values')), JSON_QUOTE(chosen.said))
          UNION ALL SELECT 'again', HEX(MIN(id)), COUNT(*) FROM sku GROUP BY product_id, option_values HAVING COUNT(*) > 1`,
  },
  {
    number: 'INV-84',
    name: 'imports-count-their-lines',
    holds: {
      zh: '导入完成时，每一行要么已导入，要么有未导入的原因。',
      en: 'When an import is over, each of its lines is applied, or there is a reason why not.',
    },
    // Its lines are forgotten after a while, and its mistakes with them.
    sql: `SELECT 'counts' AS what, HEX(id) AS import, lines_total AS found FROM catalog_import
          WHERE (status IN ('DONE', 'DONE_WITH_FAILURES') AND lines_applied + lines_failed <> lines_total)
            OR (status = 'DONE' AND lines_failed > 0)
            OR (status NOT IN ('APPLYING', 'DONE', 'DONE_WITH_FAILURES') AND lines_applied + lines_failed > 0)
          UNION ALL SELECT 'lines', HEX(id), COUNT(*) FROM catalog_import
          JOIN catalog_import_line AS line ON line.import_id = id
          GROUP BY id, lines_applied, lines_failed
          HAVING SUM(line.status = 'APPLIED') <> lines_applied OR SUM(line.status = 'FAILED') <> lines_failed
          UNION ALL SELECT 'unexplained', HEX(line.import_id), line.line_number FROM catalog_import_line AS line
          WHERE line.status = 'FAILED' AND NOT EXISTS (
            SELECT 1 FROM catalog_import_mistake AS mistake
            WHERE mistake.import_id = line.import_id AND mistake.line_number = line.line_number
          )`,
  },
  {
    number: 'INV-78',
    name: 'what-is-on-sale-has-a-sku',
    holds: {
      zh: '在售商品至少有一个在售规格，每个规格都有库存记录。',
      en: 'What is on sale has a SKU that is sold, and every SKU has its stock.',
    },
    sql: `SELECT 'product' AS what, HEX(product.id) AS id FROM product
          WHERE status = 'ON_SALE' AND NOT EXISTS (SELECT 1 FROM sku WHERE product_id = product.id AND NOT is_retired)
          UNION ALL SELECT 'sku', HEX(sku.id) FROM sku LEFT JOIN stock ON stock.sku_id = sku.id WHERE stock.sku_id IS NULL`,
  },
];
