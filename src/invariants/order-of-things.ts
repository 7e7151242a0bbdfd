import { afterSaleLife } from '#after-sale';
import { bulkActLife } from '#audit';
import { catalogImportLife, productLife } from '#catalog';
import type { StateMachine } from '#common';
import { uploadLife } from '#fulfilment';
import { invoiceLife } from '#invoices';
import { imageLife } from '#media';
import { deliveryLife } from '#notifications';
import { checkoutLife, orderLife } from '#orders';
import { paymentLife, refundLife } from '#payments';
import { payoutLife } from '#payouts';
import { billDayLife, findingLife } from '#reconciliation';
import { seatLife, teamLife } from '#teams';
import { type Invariant, PATIENCE_SECONDS } from './invariant.js';

/** Which life cycle the rows of a table follow. */
const LIVES: Readonly<Record<string, StateMachine<string>>> = {
  image: imageLife,
  product: productLife,
  catalog_import: catalogImportLife,
  payment: paymentLife,
  refund: refundLife,
  checkout: checkoutLife,
  orders: orderLife,
  team: teamLife,
  seat: seatLife,
  bulk_act: bulkActLife,
  shipping_upload: uploadLife,
  after_sale: afterSaleLife,
  invoice: invoiceLife,
  payout: payoutLife,
  bill_day: billDayLife,
  finding: findingLife,
  message_delivery: deliveryLife,
};

function legalMoves(): string {
  return Object.entries(LIVES)
    .flatMap(([subject, { moves }]) =>
      Object.entries(moves).flatMap(([from, followers]) => followers.map((to) => `('${subject}', '${from}', '${to}')`)),
    )
    .join(', ');
}

/** The rows of each table whose last move does not lead to where they stand. */
function strayRows(): string {
  return Object.keys(LIVES)
    .map(
      (table) => `
        SELECT '${table}' AS subject, HEX(subject_id) AS id, to_status AS came_to, ${table}.status AS stands_at
        FROM (SELECT subject_id, MAX(id) AS last_id FROM status_move WHERE subject = '${table}' GROUP BY subject_id) AS latest
        JOIN status_move USING (subject_id) JOIN ${table} ON ${table}.id = subject_id
        WHERE status_move.id = last_id AND to_status <> ${table}.status`,
    )
    .join(' UNION ALL ');
}

const ATTEMPTS_MAX = 20;
const FACT_PATIENCE_SECONDS = 300;
const FACT_HOURS = 1;

export const ORDER_OF_THINGS: readonly Invariant[] = [
  {
    number: 'INV-28',
    name: 'moves-are-legal',
    holds: {
      zh: '每次状态变更都合法。',
      en: 'Every move of a life cycle is a legal one.',
    },
    sql: `SELECT subject, HEX(subject_id) AS id, from_status, to_status FROM status_move
          WHERE (subject, from_status, to_status) NOT IN (${legalMoves()})`,
  },
  {
    number: 'INV-28',
    name: 'histories-are-unbroken',
    holds: {
      zh: '每段状态历史连续，且终于当前状态。',
      en: 'Every history is one unbroken path that ends where the row stands.',
    },
    sql: `SELECT subject, HEX(subject_id) AS id, came_to, from_status FROM (
            SELECT subject, subject_id, from_status, LAG(to_status) OVER (PARTITION BY subject, subject_id ORDER BY id) AS came_to
            FROM status_move
          ) AS steps WHERE came_to IS NOT NULL AND came_to <> from_status
          UNION ALL ${strayRows()}`,
  },
  {
    number: 'INV-29',
    name: 'facts-are-delivered',
    holds: {
      zh: '没有未送达的事件。',
      en: 'No fact stays undelivered.',
    },
    whenQuiet: true,
    sql: `SELECT id, name, status, attempt, created_at FROM job
          WHERE status <> 'DONE' AND name LIKE '%>%' AND created_at < NOW(3) - INTERVAL ${FACT_PATIENCE_SECONDS} SECOND`,
  },
  {
    number: 'INV-29',
    name: 'facts-are-delivered-within-the-hour',
    holds: { zh: '没有事件超过一小时仍未送达。', en: 'No fact stays undelivered for an hour.' },
    // Facts are never put off; twelve failed attempts take longer than an hour.
    sql: `SELECT id, name, status, attempt, created_at FROM job
          WHERE status <> 'DONE' AND name LIKE '%>%' AND created_at < NOW(3) - INTERVAL ${FACT_HOURS} HOUR`,
  },
  {
    number: 'INV-30',
    name: 'due-jobs-are-taken-up',
    holds: {
      zh: '没有到期任务长时间无人处理。',
      en: 'No job stays due, and no lease stays expired, without a worker taking it up.',
    },
    sql: `SELECT id, name, attempt, run_at FROM job WHERE run_at < NOW(3) - INTERVAL ${PATIENCE_SECONDS} SECOND`,
  },
  {
    number: 'INV-30',
    name: 'attempts-are-bounded',
    holds: {
      zh: '任务重试不超过上限，失败的任务留有原因。',
      en: 'No job is tried more often than allowed, and dead ones carry their reason.',
    },
    sql: `SELECT id, name, attempt, status FROM job
          WHERE (repeat_seconds IS NULL AND attempt > ${ATTEMPTS_MAX} + 1) OR (status = 'DEAD' AND COALESCE(reason, '') = '')`,
  },
  {
    number: 'INV-31',
    name: 'accepted-requests-have-results',
    holds: {
      zh: '每个已接受的请求都能找到其结果。',
      en: 'Every accepted request leads to the thing that it made.',
    },
    sql: `SELECT HEX(actor_id) AS actor, HEX(result_id) AS result FROM idempotency
          LEFT JOIN seat ON seat.id = result_id LEFT JOIN checkout ON checkout.id = result_id
          LEFT JOIN refund ON refund.id = result_id LEFT JOIN offer ON offer.id = result_id
          LEFT JOIN address ON address.id = result_id
          LEFT JOIN image ON image.id = result_id
          LEFT JOIN bulk_act ON bulk_act.id = result_id
          LEFT JOIN product ON product.id = result_id LEFT JOIN sku ON sku.id = result_id
          LEFT JOIN freight_template ON freight_template.id = result_id
          LEFT JOIN parcel ON parcel.id = result_id LEFT JOIN orders ON orders.id = result_id
          LEFT JOIN catalog_import ON catalog_import.id = result_id
          LEFT JOIN after_sale ON after_sale.id = result_id LEFT JOIN invoice ON invoice.id = result_id
          LEFT JOIN supplier_rate ON supplier_rate.id = result_id LEFT JOIN payout ON payout.id = result_id
          LEFT JOIN message_grant ON message_grant.id = result_id
          WHERE seat.id IS NULL AND checkout.id IS NULL AND refund.id IS NULL AND offer.id IS NULL AND address.id IS NULL
            AND image.id IS NULL AND bulk_act.id IS NULL AND product.id IS NULL AND sku.id IS NULL
            AND freight_template.id IS NULL AND parcel.id IS NULL AND orders.id IS NULL AND catalog_import.id IS NULL
            AND after_sale.id IS NULL AND invoice.id IS NULL AND supplier_rate.id IS NULL AND payout.id IS NULL
            AND message_grant.id IS NULL
            -- Of somebody who leaves both go, one after the other.
            AND NOT EXISTS (SELECT 1 FROM user WHERE user.id = actor_id AND status = 'ERASING')`,
  },
  {
    number: 'INV-33',
    name: 'nothing-is-half-there',
    holds: {
      zh: '没有残缺的数据：结算单有订单和支付单，订单有明细和结算单，名额有订单和团。',
      en: 'Nothing is half there: checkouts have orders and a payment, orders lines and a checkout, seats an order and a team.',
    },
    sql: `SELECT 'checkout' AS what, HEX(checkout.id) AS id FROM checkout
          LEFT JOIN payment ON payment.checkout_id = checkout.id LEFT JOIN orders ON orders.checkout_id = checkout.id
          WHERE (payment.id IS NULL AND checkout.payable_minor > 0) OR orders.id IS NULL
          UNION ALL SELECT 'order', HEX(orders.id) FROM orders
          LEFT JOIN checkout ON checkout.id = orders.checkout_id LEFT JOIN order_line ON order_line.order_id = orders.id
          WHERE checkout.id IS NULL OR order_line.id IS NULL
          UNION ALL SELECT 'payment', HEX(payment.id) FROM payment
          LEFT JOIN checkout ON checkout.id = payment.checkout_id WHERE checkout.id IS NULL
          UNION ALL SELECT 'seat', HEX(seat.id) FROM seat
          LEFT JOIN orders ON orders.id = seat.order_id LEFT JOIN team ON team.id = seat.team_id
          WHERE orders.id IS NULL OR team.id IS NULL
          UNION ALL SELECT 'team order without seat', HEX(orders.id) FROM orders
          LEFT JOIN seat ON seat.order_id = orders.id WHERE orders.awaits_team AND seat.id IS NULL`,
  },
];
