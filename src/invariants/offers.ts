import type { Invariant } from './invariant.js';

/** What the last change of each offer says, and what the offer itself says, in the same words. */
const SAID = ['revision', 'size', 'ttlSeconds', 'unitsPerOrder', 'unitsPerBuyer', 'startsAt', 'endsAt', 'frozenAt'];
const STANDS = ['revision', 'size', 'ttl_seconds', 'units_per_order', 'units_per_buyer'];
const INSTANTS = ['starts_at', 'ends_at', 'frozen_at'];

/** A column of instants as JSON writes them. */
function asJson(column: string): string {
  return `CONCAT(LEFT(DATE_FORMAT(${column}, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z')`;
}

/** Columns as one text; what is null leaves a dash. */
function joined(columns: readonly string[]): string {
  return `CONCAT_WS(' ', ${columns.map((column) => `COALESCE(${column}, '-')`).join(', ')})`;
}

/** What the audit trail says of offers. */
const CHANGES = `
  SELECT id, subject_id AS offer_id, facts_after AS terms FROM audit_entry WHERE subject_type = 'offer'`;

const LAST_CHANGE = `
  SELECT offer_id, terms FROM (
    SELECT offer_id, terms, ROW_NUMBER() OVER (PARTITION BY offer_id ORDER BY id DESC) AS nth FROM (${CHANGES}) AS changes
  ) AS numbered WHERE nth = 1`;

export const OFFERS: readonly Invariant[] = [
  {
    number: 'INV-33',
    name: 'revisions-have-prices',
    holds: {
      zh: '活动的每个版本都有价格，每个价格对应其商品的规格和唯一的活动库存。',
      en: 'Every revision of an offer has prices, each of a SKU of its product and against one share of that SKU.',
    },
    sql: `SELECT 'no prices' AS what, HEX(offer.id) AS offer FROM offer
          LEFT JOIN offer_price AS price ON price.offer_id = offer.id AND price.revision = offer.revision
          WHERE price.sku_id IS NULL
          UNION ALL SELECT 'not its product', HEX(offer.id) FROM offer
          JOIN offer_price AS price ON price.offer_id = offer.id LEFT JOIN sku ON sku.id = price.sku_id
          WHERE sku.id IS NULL OR sku.product_id <> offer.product_id
          UNION ALL SELECT 'not its share', HEX(price.offer_id) FROM offer_price AS price
          LEFT JOIN allotment ON allotment.id = price.allotment_id
          WHERE allotment.id IS NULL OR allotment.sku_id <> price.sku_id
          UNION ALL SELECT 'several shares', HEX(offer_id) FROM offer_price
          GROUP BY offer_id, sku_id HAVING COUNT(DISTINCT allotment_id) > 1
          UNION ALL SELECT 'revision to come', HEX(price.offer_id) FROM offer_price AS price
          JOIN offer ON offer.id = price.offer_id WHERE price.revision > offer.revision`,
  },
  {
    number: 'INV-35',
    name: 'offers-stand-as-recorded',
    holds: {
      zh: '活动现状与最近一次变更记录一致。',
      en: 'An offer stands as its last recorded change says.',
    },
    sql: `SELECT HEX(offer.id) AS offer, offer.revision FROM offer LEFT JOIN (${LAST_CHANGE}) AS changed ON changed.offer_id = offer.id
          WHERE changed.terms IS NULL
            OR ${joined([...STANDS, ...INSTANTS.map(asJson)])} <> ${joined(SAID.map((field) => `NULLIF(JSON_UNQUOTE(JSON_EXTRACT(changed.terms, '$.${field}')), 'null')`))}`,
  },
  {
    number: 'INV-35',
    name: 'recorded-prices-are-the-revisions',
    holds: {
      zh: '变更记录中的价格就是该版本的价格。',
      en: 'The prices that a recorded change names are those of its revision.',
    },
    sql: `SELECT HEX(offer_change.offer_id) AS offer, said.total_minor AS said_minor, priced.total_minor AS priced_minor
          FROM (${CHANGES}) AS offer_change
          LEFT JOIN (
            SELECT id, COUNT(*) AS prices, SUM(price_minor) AS total_minor
            FROM (${CHANGES}) AS changes, JSON_TABLE(terms, '$.prices[*]' COLUMNS (price_minor BIGINT PATH '$.priceMinor')) AS price
            GROUP BY id
          ) AS said ON said.id = offer_change.id
          LEFT JOIN (
            SELECT offer_id, revision, COUNT(*) AS prices, SUM(price_minor) AS total_minor FROM offer_price GROUP BY offer_id, revision
          ) AS priced ON priced.offer_id = offer_change.offer_id AND priced.revision = JSON_EXTRACT(terms, '$.revision')
          WHERE COALESCE(said.prices, 0) <> COALESCE(priced.prices, 0) OR said.total_minor <> priced.total_minor`,
  },
];
