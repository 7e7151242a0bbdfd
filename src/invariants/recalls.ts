import type { Invariant } from './invariant.js';

/** How many units of a line were shipped in parcels that name a batch. */
const SENT = `SELECT line_id, batch_id, SUM(quantity) AS sent FROM parcel_line WHERE batch_id IS NOT NULL GROUP BY line_id, batch_id`;

export const RECALLS: readonly Invariant[] = [
  {
    number: 'INV-96',
    name: 'recalls-are-about-what-was-shipped',
    holds: {
      zh: '召回明细的数量不超过该订单明细的已发数量，其中确定属于该批次的数量不超过注明该批次的包裹数量；批次属于该规格。',
      en: 'A recall is about no more units of a line than were shipped, for certain about no more than parcels that name the batch hold, and about a batch of its SKU.',
    },
    sql: `SELECT HEX(recall_item.line_id) AS line, recall_item.quantity, certain_quantity, shipped_quantity, COALESCE(sent, 0) AS sent FROM recall_item
          JOIN recall ON recall.id = recall_item.recall_id JOIN sku_batch ON sku_batch.id = recall.batch_id
          JOIN order_line ON order_line.id = recall_item.line_id
          LEFT JOIN (${SENT}) AS parcels ON parcels.line_id = recall_item.line_id AND parcels.batch_id = recall.batch_id
          WHERE recall_item.quantity > shipped_quantity OR certain_quantity > COALESCE(sent, 0) OR sku_batch.sku_id <> recall.sku_id
            OR order_line.sku_id <> recall.sku_id OR order_line.order_id <> recall_item.order_id`,
  },
  {
    number: 'INV-97',
    name: 'recalled-units-go-back-once',
    holds: {
      zh: '同一批次的召回对同一订单明细的退款件数合计不超过其已发数量，且只在批准之后发生。',
      en: 'All recalls of a batch together give back no more units of a line than were shipped, and only after they were approved.',
    },
    sql: `SELECT HEX(recall_item.line_id) AS line, SUM(refunded_quantity) AS refunded, MAX(shipped_quantity) AS shipped FROM recall_item
          JOIN recall ON recall.id = recall_item.recall_id JOIN order_line ON order_line.id = recall_item.line_id
          GROUP BY recall_item.line_id, recall.batch_id HAVING refunded > shipped
          UNION ALL SELECT HEX(recall_item.line_id), refunded_quantity, 0 FROM recall_item
          JOIN recall ON recall.id = recall_item.recall_id LEFT JOIN bulk_act ON bulk_act.id = recall.bulk_act_id
          WHERE (refund_id IS NOT NULL OR problem IS NOT NULL) AND (bulk_act.id IS NULL OR bulk_act.status NOT IN ('APPROVED', 'DONE'))`,
  },
  {
    number: 'INV-98',
    name: 'recalls-give-back-what-their-refunds-do',
    holds: {
      zh: '召回明细的退款与原因为召回的退款一一对应，金额相等，属于同一订单。',
      en: 'What the items of recalls give back is, one by one, what the refunds because of recalls do, of the same order.',
    },
    sql: `SELECT HEX(refund.id) AS refund, refund.amount_minor, COALESCE(refunded_minor, -1) AS of_item FROM refund
          LEFT JOIN recall_item ON recall_item.refund_id = refund.id
          WHERE refund.reason = 'RECALL' AND predecessor_id IS NULL
            AND (recall_item.refund_id IS NULL OR refunded_minor <> refund.amount_minor OR recall_item.order_id <> refund.order_id)
          UNION ALL SELECT HEX(refund_id), refunded_minor, -1 FROM recall_item
          LEFT JOIN refund ON refund.id = refund_id AND refund.reason = 'RECALL' WHERE refund_id IS NOT NULL AND refund.id IS NULL`,
  },
  {
    number: 'INV-99',
    name: 'recalls-are-as-large-as-was-approved',
    holds: {
      zh: '每次召回都有其批量操作，明细数和金额与审批时所示一致；完成后每条明细都有结果。',
      en: 'Every recall has its bulk act, is as large as whoever approved it was shown, and once it is done every item has come to something.',
    },
    sql: `SELECT HEX(recall.id) AS recall, COALESCE(bulk_act.items_total, -1) AS shown, COUNT(recall_item.seq) AS items,
            COALESCE(bulk_act.amount_minor, -1) AS shown_minor, COALESCE(SUM(recall_item.amount_minor), 0) AS listed_minor
          FROM recall LEFT JOIN bulk_act ON bulk_act.id = recall.bulk_act_id LEFT JOIN recall_item ON recall_item.recall_id = recall.id
          GROUP BY recall.id, bulk_act.items_total, bulk_act.amount_minor, bulk_act.status
          HAVING shown <> items OR shown_minor <> listed_minor
            OR (MAX(bulk_act.status) = 'DONE' AND SUM(seq IS NOT NULL AND refund_id IS NULL AND problem IS NULL) > 0)`,
  },
];
