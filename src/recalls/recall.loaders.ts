import { In } from 'typeorm';
import { BulkAct, type BulkActId } from '#audit';
import { defineLoader, groupInOrder, idBytes, idFromBytes, oneInOrder } from '#common';
import type { OrderId } from '#orders';
import { OrderRecall } from './order-recall.js';
import type { RecallId } from './recall.entity.js';

interface Row {
  readonly order_id: Buffer;
  readonly line_id: Buffer;
  readonly refund_id: Buffer | null;
  readonly title: string;
  readonly batch_number: string;
  readonly quantity: number;
  readonly certain_quantity: number;
  readonly reason: string;
  readonly advice: string;
}

/** The recalls of orders' goods that were approved, the first one first. */
export const recallsOfOrder = defineLoader(async (db, ids: readonly OrderId[]) => {
  const rows = await db.query<Row[]>(
    `SELECT recall_item.order_id, line_id, refund_id, title, batch_number, recall_item.quantity, certain_quantity, recall.reason, advice
     FROM recall_item JOIN recall ON recall.id = recall_item.recall_id JOIN bulk_act ON bulk_act.id = recall.bulk_act_id
     JOIN order_line ON order_line.id = recall_item.line_id
     WHERE recall_item.order_id IN (?) AND bulk_act.status IN ('APPROVED', 'DONE') ORDER BY recall.id, line_id`,
    [ids.map(idBytes)],
  );
  return groupInOrder(ids, rows.map(recallIn), ({ orderId }) => orderId);
});

export const bulkActById = defineLoader(async (db, ids: readonly BulkActId[]) =>
  oneInOrder(ids, await db.findBy(BulkAct, { id: In(ids) }), ({ id }) => id),
);

/** How far a recall has come. */
export interface Tally {
  readonly id: RecallId;
  readonly units: number;
  readonly certainUnits: number;
  readonly refunded: number;
  readonly failed: number;
  readonly refundedMinor: number;
}

export const tallyOfRecall = defineLoader(async (db, ids: readonly RecallId[]) => {
  const rows = await db.query<({ recall_id: Buffer } & Record<Exclude<keyof Tally, 'id'>, number | string>)[]>(
    `SELECT recall_id, SUM(quantity) AS units, SUM(certain_quantity) AS certainUnits, SUM(refund_id IS NOT NULL) AS refunded,
       SUM(problem IS NOT NULL) AS failed, SUM(refunded_minor) AS refundedMinor
     FROM recall_item WHERE recall_id IN (?) GROUP BY recall_id`,
    [ids.map(idBytes)],
  );
  const tallies = rows.map(({ recall_id: id, units, certainUnits, refunded, failed, refundedMinor }): Tally => ({
    ...{ id: idFromBytes('recall', id), units: Number(units), certainUnits: Number(certainUnits) },
    ...{ refunded: Number(refunded), failed: Number(failed), refundedMinor: Number(refundedMinor) },
  }));
  const none = { units: 0, certainUnits: 0, refunded: 0, failed: 0, refundedMinor: 0 };
  const byId = new Map(tallies.map((tally) => [tally.id, tally]));
  return ids.map((id) => byId.get(id) ?? { id, ...none });
});

function recallIn(row: Row): OrderRecall {
  const { title, quantity, reason, advice } = row;
  return Object.assign(new OrderRecall(), {
    orderId: idFromBytes('order', row.order_id),
    lineId: idFromBytes('line', row.line_id),
    refundId: row.refund_id && idFromBytes('refund', row.refund_id),
    ...{ title, quantity, reason, advice, batchNumber: row.batch_number, certainQuantity: row.certain_quantity },
  });
}
