import type { Invariant } from './invariant.js';

export const INVOICES: readonly Invariant[] = [
  {
    number: 'INV-92',
    name: 'invoices-say-what-is-on-them',
    holds: {
      zh: '开具中或已开具的发票，金额等于其明细与运费之和；明细属于该订单，且不超过购买的数量和金额。',
      en: 'The amount of an invoice from its issuing on is the sum of its lines and freight, of its own order, and of no line or freight more than was bought.',
    },
    sql: `SELECT HEX(invoice.id) AS invoice, invoice.status, invoice.amount_minor, invoice.freight_minor, invoiced, strange FROM invoice
          JOIN orders ON orders.id = invoice.order_id
          LEFT JOIN (
            SELECT invoice_line.invoice_id, SUM(invoice_line.amount_minor) AS invoiced,
              SUM(order_line.order_id <> invoice.order_id OR invoice_line.currency <> invoice.currency OR invoice_line.quantity > order_line.quantity OR invoice_line.amount_minor > order_line.amount_minor) AS strange
            FROM invoice_line JOIN invoice ON invoice.id = invoice_line.invoice_id JOIN order_line ON order_line.id = invoice_line.line_id
            GROUP BY invoice_line.invoice_id
          ) AS sums ON sums.invoice_id = invoice.id
          WHERE (invoice.status IN ('ISSUING', 'ISSUED', 'REVERSING', 'REVERSED')
              AND (invoice.amount_minor IS NULL OR invoice.freight_minor IS NULL OR invoice.amount_minor <= 0
                OR invoice.amount_minor <> COALESCE(invoiced, 0) + invoice.freight_minor))
            OR (invoice.status IN ('REQUESTED', 'CANCELLED') AND (amount_minor IS NOT NULL OR invoiced IS NOT NULL))
            OR invoice.freight_minor > orders.freight_minor OR invoice.currency <> orders.currency OR strange > 0`,
  },
  {
    number: 'INV-93',
    name: 'issued-invoices-are-for-what-stays-paid',
    holds: {
      zh: '已开具的发票金额不超过订单实付减去已退金额，否则已在冲红。',
      en: 'An issued invoice is for no more than was paid for its order less what has gone back, or it is being taken back.',
    },
    whenQuiet: true,
    sql: `SELECT HEX(invoice.id) AS invoice, amount_minor, payable_minor, refunded_minor FROM invoice
          JOIN orders ON orders.id = invoice.order_id
          WHERE invoice.status = 'ISSUED' AND amount_minor > payable_minor - refunded_minor`,
  },
  {
    number: 'INV-94',
    name: 'an-order-has-one-invoice',
    holds: {
      zh: '每个订单至多有一张有效发票，属于该订单的买家，且在全部发货之后申请。',
      en: 'An order has one invoice at most that is asked for or stands; it is its buyer’s, and of an order of which something was paid and shipped.',
    },
    sql: `SELECT HEX(MAX(invoice.id)) AS invoice, COUNT(*) AS live FROM invoice
          WHERE status IN ('REQUESTED', 'ISSUING', 'ISSUED', 'REVERSING') GROUP BY order_id HAVING live > 1
          UNION ALL SELECT HEX(invoice.id), 0 FROM invoice JOIN orders ON orders.id = invoice.order_id
          WHERE invoice.buyer_id <> orders.buyer_id OR orders.payable_minor = 0
            OR orders.status IN ('UNPAID', 'AWAITING_TEAM', 'PAID', 'PAID_LATE', 'TO_FULFIL', 'CANCELLED')`,
  },
  {
    number: 'INV-95',
    name: 'issued-invoices-have-numbers',
    holds: {
      zh: '已开具的发票有号码、日期和文件，红字发票也一样；号码不重复；每一步都有时间，最后一步就是当前状态。',
      en: 'An issued invoice has a number, a day and a file, and so has a red-letter one; no number twice; its steps lead to where it stands.',
    },
    sql: `SELECT HEX(id) AS invoice, status, number FROM invoice
          WHERE (status IN ('ISSUED', 'REVERSING', 'REVERSED') AND (number IS NULL OR issued_on IS NULL OR file_hash IS NULL))
            OR (status = 'REVERSED' AND (red_number IS NULL OR red_issued_on IS NULL OR red_file_hash IS NULL))
            OR number NOT REGEXP '^[0-9]{20}$' OR red_number NOT REGEXP '^[0-9]{20}$'
          UNION ALL SELECT HEX(blue.id), 'SAME NUMBER', blue.number FROM invoice AS blue JOIN invoice AS red ON red.red_number = blue.number
          UNION ALL SELECT HEX(invoice.id), invoice.status, NULL FROM invoice
          LEFT JOIN invoice_step ON invoice_step.invoice_id = invoice.id AND invoice_step.status = invoice.status
          WHERE invoice_step.reached_at IS NULL OR invoice_step.reached_at <> invoice.moved_at`,
  },
];
