import type { Invariant } from './invariant.js';

/** What each entry of a supplier must have been posted as; a transfer that a supplier's payable sees has just such an entry. */
const POSTINGS = `
  SELECT id, supplier_id, amount_minor, kind,
    CASE kind WHEN 'SETTLED' THEN 'order' WHEN 'RETURNED' THEN 'refund' ELSE 'payout' END AS source_type,
    CASE kind WHEN 'SETTLED' THEN order_id WHEN 'RETURNED' THEN refund_id ELSE payout_id END AS source_id,
    CASE kind WHEN 'SETTLED' THEN 'SETTLEMENT' WHEN 'RETURNED' THEN 'SETTLEMENT_RETURN' ELSE kind END AS posted_as
  FROM supplier_entry`;

export const SETTLEMENT: readonly Invariant[] = [
  {
    number: 'INV-100',
    name: 'settlements-add-up',
    holds: {
      zh: '结算金额等于佣金、他人所得与供应商所得之和，结算后退回的金额也如此；结算后剩余等于订单剩余。',
      en: 'What was settled is the sum of commission, shares and the supplier’s part, and so is what went back since; what is left is what is left of the order.',
    },
    sql: `SELECT HEX(orders.id) AS order_id, kept_minor, commission_minor, supplier_minor, COALESCE(shared, 0) AS shared, settlement.returned_minor
          FROM settlement JOIN orders ON orders.id = settlement.order_id
          LEFT JOIN (
            SELECT order_id, SUM(amount_minor) AS shared, SUM(returned_minor) AS unshared FROM settlement_share GROUP BY order_id
          ) AS shares ON shares.order_id = settlement.order_id
          WHERE kept_minor <> commission_minor + supplier_minor + COALESCE(shared, 0)
            OR settlement.returned_minor <> commission_returned_minor + supplier_returned_minor + COALESCE(unshared, 0)
            OR kept_minor - settlement.returned_minor <> payable_minor - refunding_minor
            OR settlement.supplier_id <> orders.supplier_id OR settlement.currency <> orders.currency`,
  },
  {
    number: 'INV-101',
    name: 'completed-orders-are-settled',
    holds: {
      zh: '已完成的订单均已结算；已结算的订单都已完成，或完成后全额退回。',
      en: 'An order that is completed is settled, and one that is settled is completed, or was and all of its money went back.',
    },
    sql: `SELECT HEX(orders.id) AS order_id, orders.status, HEX(settlement.order_id) AS settled FROM orders
          LEFT JOIN settlement ON settlement.order_id = orders.id
          WHERE (orders.status = 'COMPLETED' AND settlement.order_id IS NULL)
            OR (settlement.order_id IS NOT NULL AND orders.status NOT IN ('COMPLETED', 'REFUNDED'))
            OR (orders.status = 'REFUNDED' AND settlement.returned_minor <> kept_minor)`,
  },
  {
    number: 'INV-102',
    name: 'suppliers-entries-are-posted',
    holds: {
      zh: '供应商应付的每次变动都有一条明细，金额与分录一致，且各供应商始终记入各自同一账户。',
      en: 'Every change of what a supplier is owed has one entry of the same amount, and all of a supplier’s are posted to one account, which is nobody else’s.',
    },
    sql: `SELECT HEX(entry.id) AS entry, entry.amount_minor, transfer.amount_minor AS posted FROM (${POSTINGS}) AS entry
          LEFT JOIN transfer ON transfer.source_type = entry.source_type AND transfer.source_id = entry.source_id AND transfer.kind = posted_as
          WHERE NOT (ABS(entry.amount_minor) <=> transfer.amount_minor)
            OR (entry.amount_minor > 0) <> (entry.kind IN ('SETTLED', 'PAYOUT_CANCELLED'))
          UNION ALL SELECT transfer.id, NULL, transfer.amount_minor FROM transfer
          LEFT JOIN (${POSTINGS}) AS entry
            ON transfer.source_type = entry.source_type AND transfer.source_id = entry.source_id AND transfer.kind = posted_as
          WHERE transfer.code IN ('SETTLEMENT', 'SETTLEMENT_RETURN', 'PAYOUT', 'PAYOUT_CANCELLED') AND entry.id IS NULL
          UNION ALL SELECT HEX(source_id), COUNT(*), 0 FROM (${POSTINGS}) AS entry GROUP BY source_id, posted_as HAVING COUNT(*) > 1
          UNION ALL SELECT HEX(MIN(supplier_id)), COUNT(*), 0 FROM (
            SELECT DISTINCT supplier_id, IF(entry.amount_minor > 0, credit, debit) AS path FROM (${POSTINGS}) AS entry
            JOIN transfer ON transfer.source_type = entry.source_type AND transfer.source_id = entry.source_id AND transfer.kind = posted_as
          ) AS paths GROUP BY path HAVING COUNT(*) > 1 OR path NOT LIKE 'supplier:%:payable'
          UNION ALL SELECT HEX(supplier_id), COUNT(DISTINCT path), 0 FROM (
            SELECT supplier_id, IF(entry.amount_minor > 0, credit, debit) AS path FROM (${POSTINGS}) AS entry
            JOIN transfer ON transfer.source_type = entry.source_type AND transfer.source_id = entry.source_id AND transfer.kind = posted_as
          ) AS paths GROUP BY supplier_id HAVING COUNT(DISTINCT path) > 1`,
  },
  {
    number: 'INV-103',
    name: 'commission-and-shares-are-posted',
    holds: {
      zh: '每笔结算的佣金与他人所得都已按原额记账。',
      en: 'The commission and every share of a settlement are posted, by just their amounts.',
    },
    sql: `SELECT HEX(order_id) AS order_id, 0 AS seq, commission_minor, transfer.amount_minor FROM settlement
          LEFT JOIN transfer ON source_type = 'order' AND source_id = order_id AND kind = 'COMMISSION' AND credit = 'platform:revenue'
          WHERE commission_minor <> COALESCE(transfer.amount_minor, 0)
          UNION ALL SELECT HEX(order_id), seq, settlement_share.amount_minor, transfer.amount_minor FROM settlement_share
          LEFT JOIN transfer ON source_type = 'order' AND source_id = order_id AND kind = CONCAT('SHARE:', seq) AND credit = account
          WHERE settlement_share.amount_minor <> COALESCE(transfer.amount_minor, 0)`,
  },
  {
    number: 'INV-104',
    name: 'statements-are-without-gaps',
    holds: {
      zh: '对账单逐月相接，期初等于上期期末，各项等于当期明细之和。',
      en: 'Statements follow each other month by month, each opens with what the last closed with, and its sums are those of its entries.',
    },
    sql: `SELECT HEX(statement.id) AS statement, opening_minor, last_closing, closing_minor - opening_minor AS changed, COALESCE(booked, 0) AS booked
          FROM (
            SELECT supplier_statement.*,
              LAG(closing_minor) OVER (PARTITION BY supplier_id, currency ORDER BY ends_at) AS last_closing,
              LAG(ends_at) OVER (PARTITION BY supplier_id, currency ORDER BY ends_at) AS last_end
            FROM supplier_statement
          ) AS statement
          LEFT JOIN (
            SELECT statement.id, COUNT(*) AS entries, SUM(amount_minor) AS booked, SUM(IF(kind = 'SETTLED', amount_minor, 0)) AS settled,
              -SUM(IF(kind = 'RETURNED', amount_minor, 0)) AS returned
            FROM supplier_statement AS statement JOIN supplier_entry AS entry
              ON entry.supplier_id = statement.supplier_id AND entry.currency = statement.currency
              AND booked_at >= starts_at AND booked_at < ends_at
            GROUP BY statement.id
          ) AS sums ON sums.id = statement.id
          WHERE opening_minor <> COALESCE(last_closing, 0) OR last_end <> starts_at OR closing_minor - opening_minor <> COALESCE(booked, 0)
            OR settled_minor <> COALESCE(settled, 0) OR returned_minor <> COALESCE(returned, 0) OR statement.entries <> COALESCE(sums.entries, 0)
          UNION ALL SELECT HEX(entry.id), 0, 0, amount_minor, 0 FROM supplier_entry AS entry
          JOIN (
            SELECT supplier_id, currency, MIN(starts_at) AS began FROM supplier_statement GROUP BY supplier_id, currency
          ) AS first ON first.supplier_id = entry.supplier_id AND first.currency = entry.currency
          WHERE booked_at < began`,
  },
  {
    number: 'INV-105',
    name: 'payouts-move-money-once',
    holds: {
      zh: '每笔付款恰好预留一次；已付的恰好付出一次，取消的恰好退回一次，且均由两人经手。',
      en: 'Every payout sets its money aside once; one that is paid pays it once, one that is cancelled gives it back once, and two people stand behind what is paid.',
    },
    sql: `SELECT HEX(payout.id) AS payout, payout.status, payout.amount_minor, COUNT(transfer.id) AS transfers FROM payout
          LEFT JOIN transfer ON source_type = 'payout' AND source_id = payout.id AND transfer.amount_minor = payout.amount_minor
            AND transfer.currency = payout.currency
            AND (kind = 'PAYOUT' OR (kind = 'PAYOUT_DONE' AND payout.status = 'PAID') OR (kind = 'PAYOUT_CANCELLED' AND payout.status = 'CANCELLED'))
          GROUP BY payout.id, payout.status, payout.amount_minor, approved_by_id, proposed_by_id
          HAVING transfers <> IF(payout.status IN ('PAID', 'CANCELLED'), 2, 1)
            OR (payout.status IN ('APPROVED', 'PAID') AND (approved_by_id IS NULL OR approved_by_id = proposed_by_id))
          UNION ALL SELECT HEX(source_id), code, transfer.amount_minor, 0 FROM transfer LEFT JOIN payout ON payout.id = source_id
          WHERE source_type = 'payout' AND (payout.id IS NULL OR (code = 'PAYOUT_DONE' AND payout.status <> 'PAID')
            OR (code = 'PAYOUT_CANCELLED' AND payout.status <> 'CANCELLED'))`,
  },
];
