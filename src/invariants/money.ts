import { type Invariant, PATIENCE_SECONDS } from './invariant.js';

const BALANCES = `
  SELECT path, currency, SUM(amount) AS balance FROM (
    SELECT credit AS path, currency, amount_minor AS amount FROM transfer
    UNION ALL SELECT debit, currency, -amount_minor FROM transfer
  ) AS postings GROUP BY path, currency`;

export const MONEY: readonly Invariant[] = [
  {
    number: 'INV-1',
    name: 'balances-cancel-out',
    holds: {
      zh: '每种货币所有账户余额之和为零，每笔分录都有两个账户。',
      en: 'The balances of all accounts sum to zero in each currency, and each transfer has two accounts.',
    },
    sql: `SELECT currency, SUM(balance) AS off FROM (${BALANCES}) AS accounts GROUP BY currency HAVING off <> 0
          UNION ALL SELECT id, amount_minor FROM transfer WHERE debit = '' OR credit = '' OR debit = credit`,
  },
  {
    number: 'INV-2',
    name: 'books-are-append-only',
    holds: {
      zh: '数据库拒绝修改或删除分录和库存流水。',
      en: 'The database refuses to change or delete transfers and stock moves.',
    },
    sql: `SELECT expected.name FROM (
            SELECT 'transfer_no_update' AS name UNION SELECT 'transfer_no_delete'
            UNION SELECT 'stock_move_no_update' UNION SELECT 'stock_move_no_delete'
          ) AS expected
          LEFT JOIN information_schema.triggers ON trigger_schema = DATABASE() AND trigger_name = expected.name
          WHERE trigger_name IS NULL`,
  },
  {
    number: 'INV-3',
    name: 'events-post-once',
    holds: {
      zh: '每个业务事件只记账一次。',
      en: 'One business event posts once.',
    },
    sql: `SELECT source_type, HEX(source_id) AS source, kind, COUNT(*) AS times FROM transfer
          GROUP BY source_type, source_id, kind HAVING times > 1`,
  },
  {
    number: 'INV-4',
    name: 'balances-equal-transfers',
    holds: {
      zh: '每个账户余额等于其分录之和；除供应商欠款外不为负。',
      en: 'Every kept balance equals the sum of its transfers and is not negative, but for what a supplier owes.',
    },
    sql: `SELECT account.path, balance_minor, balance FROM account
          LEFT JOIN (${BALANCES}) AS summed ON summed.path = account.path AND summed.currency = account.currency
          WHERE balance_minor <> COALESCE(balance, 0) OR (balance_minor < 0 AND account.path NOT LIKE 'supplier:%:payable')
          UNION ALL SELECT summed.path, NULL, balance FROM (${BALANCES}) AS summed
          LEFT JOIN account ON account.path = summed.path
          WHERE account.path IS NULL AND summed.path NOT REGEXP '^(channel|bank|platform):'`,
  },
  {
    number: 'INV-5',
    name: 'ended-orders-hold-no-money',
    holds: {
      zh: '已结束的订单不再占有资金，除非正在退回。',
      en: 'An order that is over holds no money but what is on its way back.',
    },
    sql: `SELECT HEX(orders.id) AS order_id, orders.status, balance_minor FROM orders
          JOIN transfer ON source_type = 'order' AND source_id = orders.id AND kind = 'CAPTURE'
          JOIN account ON account.path = transfer.credit
          LEFT JOIN (
            SELECT order_id, SUM(amount_minor) AS on_its_way FROM refund WHERE status NOT IN ('SUCCEEDED', 'CLOSED') GROUP BY order_id
          ) AS back ON back.order_id = orders.id
          WHERE orders.status IN ('COMPLETED', 'CANCELLED', 'REFUNDED')
            AND balance_minor <> IF(orders.status = 'COMPLETED', COALESCE(on_its_way, 0), 0)`,
  },
  {
    number: 'INV-10',
    name: 'refunds-within-captures',
    holds: {
      zh: '退款不超过实收金额，成功的退款均已记账。',
      en: 'Refunds never exceed what was captured, and succeeded ones are posted.',
    },
    sql: `SELECT HEX(capture.id) AS capture, capture.amount_minor, refunding_minor, refunded_minor, promised, succeeded, posted
          FROM capture
          JOIN (
            SELECT capture.id,
              COALESCE(SUM(IF(refund.status <> 'CLOSED', refund.amount_minor, 0)), 0) AS promised,
              COALESCE(SUM(IF(refund.status = 'SUCCEEDED', refund.amount_minor, 0)), 0) AS succeeded,
              COALESCE(SUM(transfer.amount_minor), 0) AS posted
            FROM capture
            LEFT JOIN refund ON refund.capture_id = capture.id
            LEFT JOIN transfer ON source_type = 'refund' AND source_id = refund.id AND kind = 'REFUND'
            GROUP BY capture.id
          ) AS sums ON sums.id = capture.id
          WHERE promised > capture.amount_minor OR promised <> refunding_minor OR succeeded <> refunded_minor OR posted <> succeeded`,
  },
  {
    number: 'INV-11',
    name: 'captures-are-owned',
    holds: {
      zh: '每笔实收款都归有效订单或退款所有。',
      en: 'Captured money is owned: by orders that stand, or by refunds.',
    },
    sql: `SELECT HEX(capture.id) AS capture, purpose, capture.amount_minor,
            (SELECT SUM(payable_minor) FROM orders
             WHERE orders.checkout_id = capture.checkout_id AND orders.status NOT IN ('UNPAID', 'CANCELLED')) AS owned_by_orders,
            refunding_minor AS owned_by_refunds
          FROM capture
          HAVING IF(purpose = 'CHECKOUT', COALESCE(owned_by_orders, 0), owned_by_refunds) <> amount_minor`,
  },
  {
    number: 'INV-12',
    name: 'paid-checkouts-have-one-capture',
    holds: {
      zh: '已支付的结算单恰有一笔入账，金额与货币同其订单之和；无需付款的没有入账。',
      en: 'A paid checkout has one capture, of the sum of its orders and in their currency; one that costs nothing has none.',
    },
    sql: `SELECT HEX(checkout.id) AS checkout, payable_minor, COUNT(capture.id) AS captures, COALESCE(SUM(capture.amount_minor), 0) AS captured
          FROM checkout
          LEFT JOIN capture ON capture.checkout_id = checkout.id AND purpose = 'CHECKOUT' AND capture.currency = checkout.currency
          WHERE checkout.status = 'PAID' OR capture.id IS NOT NULL
          GROUP BY checkout.id, payable_minor HAVING captures <> (payable_minor > 0) OR captured <> payable_minor
          UNION ALL SELECT HEX(capture.id), capture.amount_minor, 0, 0 FROM capture
          JOIN payment ON payment.id = capture.payment_id
          WHERE payment.checkout_id <> capture.checkout_id OR (purpose = 'CHECKOUT' AND payment.status <> 'SUCCEEDED')
          UNION ALL SELECT HEX(payment.id), payment.amount_minor, 0, 0 FROM payment
          LEFT JOIN capture ON capture.payment_id = payment.id
          WHERE payment.status = 'SUCCEEDED' AND capture.id IS NULL`,
  },
  {
    number: 'INV-13',
    name: 'channel-transactions-are-unique',
    holds: {
      zh: '渠道交易号唯一，且各对应一笔支付。',
      en: 'The channel’s transactions are unique, and each has one payment.',
    },
    sql: 'SELECT transaction_id, COUNT(*) AS times FROM capture GROUP BY transaction_id HAVING times > 1',
  },
  {
    number: 'INV-19',
    name: 'parts-sum-to-wholes',
    holds: {
      zh: '明细与运费之和等于订单，订单之和等于结算单，退款之和等于订单承诺的退款，且不超过实付。',
      en: 'Lines and freight sum to their order, orders to their checkout, refunds to what an order has promised back, and that is no more than was paid.',
    },
    sql: `SELECT HEX(orders.id) AS id, payable_minor, freight_minor + COALESCE(SUM(order_line.amount_minor), 0) AS of_parts FROM orders
          LEFT JOIN order_line ON order_line.order_id = orders.id
          GROUP BY orders.id, payable_minor, freight_minor
          HAVING payable_minor <> of_parts OR payable_minor < 0
          UNION ALL SELECT HEX(checkout.id), checkout.payable_minor, SUM(orders.payable_minor) AS of_parts FROM checkout
          LEFT JOIN orders ON orders.checkout_id = checkout.id
          GROUP BY checkout.id, checkout.payable_minor HAVING payable_minor <> COALESCE(of_parts, 0)
          UNION ALL SELECT HEX(orders.id), payable_minor, refunding_minor FROM orders
          LEFT JOIN refund ON refund.order_id = orders.id AND refund.status <> 'CLOSED'
          GROUP BY orders.id, payable_minor, refunding_minor
          HAVING refunding_minor > payable_minor OR refunding_minor <> COALESCE(SUM(refund.amount_minor), 0)`,
  },
  {
    number: 'INV-19',
    name: 'refunded-equals-succeeded-refunds',
    holds: {
      zh: '订单已退金额等于其成功退款之和。',
      en: 'What has gone back for an order is the sum of its succeeded refunds.',
    },
    whenQuiet: true,
    sql: `SELECT HEX(orders.id) AS id, refunded_minor, COALESCE(SUM(refund.amount_minor), 0) AS succeeded FROM orders
          LEFT JOIN refund ON refund.order_id = orders.id AND refund.status = 'SUCCEEDED'
          GROUP BY orders.id, refunded_minor HAVING refunded_minor <> succeeded`,
  },
  {
    number: 'INV-19',
    name: 'orders-hear-of-their-refunds',
    holds: {
      zh: '退款成功后不久，订单已退金额即包含该退款，且从不超过成功退款之和。',
      en: 'An order soon counts a refund that has succeeded, and never more than has.',
    },
    sql: `SELECT HEX(orders.id) AS id, refunded_minor, COALESCE(SUM(refund.amount_minor), 0) AS succeeded,
            COALESCE(SUM(IF(status_move.id IS NULL, 0, refund.amount_minor)), 0) AS long_ago
          FROM orders
          LEFT JOIN refund ON refund.order_id = orders.id AND refund.status = 'SUCCEEDED'
          LEFT JOIN status_move ON subject_id = refund.id AND subject = 'refund' AND to_status = 'SUCCEEDED'
            AND moved_at < NOW(3) - INTERVAL ${PATIENCE_SECONDS} SECOND
          GROUP BY orders.id, refunded_minor HAVING refunded_minor > succeeded OR refunded_minor < long_ago`,
  },
  {
    number: 'INV-34',
    name: 'money-is-whole-and-in-one-currency',
    holds: {
      zh: '金额字段均为六十四位整数并带货币，货币从不混用。',
      en: 'Money columns are 64-bit integers beside a currency, and currencies never mix.',
    },
    // The currency of a line is that of its order, refund or case.
    sql: `SELECT table_name, column_name FROM information_schema.columns AS money
          WHERE table_schema = DATABASE() AND column_name LIKE '%\\_minor'
            AND (data_type <> 'bigint' OR (table_name NOT IN ('order_line', 'refund_line', 'after_sale_line') AND NOT EXISTS (
              SELECT 1 FROM information_schema.columns AS currency
              WHERE currency.table_schema = DATABASE() AND currency.table_name = money.table_name AND currency.column_name = 'currency')))
          UNION ALL SELECT 'refund', HEX(refund.id) FROM refund JOIN capture ON capture.id = refund.capture_id
          WHERE refund.currency <> capture.currency
          UNION ALL SELECT 'orders', HEX(orders.id) FROM orders JOIN checkout ON checkout.id = orders.checkout_id
          WHERE orders.currency <> checkout.currency`,
  },
];
