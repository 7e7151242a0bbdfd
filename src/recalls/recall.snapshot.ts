import type { EntityManager } from 'typeorm';
import type { SkuBatch } from '#catalog';
import { type Id, idBytes, sumMinor } from '#common';
import type { RecallId } from './recall.entity.js';

/** How many lines one statement looks for; so much is locked and logged at once. */
const PAGE = 1_000;

/**
 * A page of the lines of which units of a batch were shipped: those in parcels that name it, and unless only these are wanted, those in parcels that
 * name none and were shipped since the batch first came in. What has gone back already is not to go back again.
 */
const TAKE_DOWN = `
  INSERT INTO recall_item (recall_id, seq, order_id, line_id, quantity, certain_quantity, amount_minor, currency)
  SELECT ?, ? + ROW_NUMBER() OVER (ORDER BY order_line.id), order_id, order_line.id, certain + possible, certain,
    LEAST(certain + possible, quantity - refunding_quantity) * unit_price_minor, orders.currency
  FROM (
    SELECT sent.id AS line_id, SUM(IF(batch_id <=> ?, parcel_line.quantity, 0)) AS certain,
      SUM(IF(? AND batch_id IS NULL AND shipped_at >= ?, parcel_line.quantity, 0)) AS possible
    FROM order_line AS sent JOIN parcel_line ON parcel_line.line_id = sent.id JOIN parcel ON parcel.id = parcel_line.parcel_id
    WHERE sent.sku_id = ? AND sent.id > ?
    GROUP BY sent.id HAVING certain + possible > 0 ORDER BY sent.id LIMIT ${PAGE}
  ) AS found JOIN order_line ON order_line.id = found.line_id JOIN orders ON orders.id = order_line.order_id`;

/** Writes down, as part of the caller's transaction, which lines a recall is about: the list that is worked off, whatever is shipped later. */
export async function takeDown(
  db: EntityManager,
  recallId: RecallId,
  { id, skuId, receivedAt }: SkuBatch,
  { onlyCertain }: { readonly onlyCertain: boolean },
): Promise<void> {
  let last: Buffer = Buffer.alloc(16);
  for (let seq = 0; ; seq += PAGE) {
    const batch = [idBytes(id), !onlyCertain, receivedAt, idBytes(skuId)];
    const { affectedRows } = await db.query<{ affectedRows: number }>(TAKE_DOWN, [
      idBytes(recallId),
      seq,
      ...batch,
      last,
    ]);
    if (affectedRows < PAGE) return;
    const [row] = await db.query<[{ line_id: Buffer }]>(
      'SELECT line_id FROM recall_item WHERE recall_id = ? AND seq = ?',
      [idBytes(recallId), seq + PAGE],
    );
    last = row.line_id;
  }
}

/** How many units of a line earlier recalls of a batch have given back. */
export async function refundedBefore(db: EntityManager, batchId: SkuBatch['id'], lineId: Id<'line'>): Promise<number> {
  const [{ units }] = await db.query<[{ units: number | string }]>(
    `SELECT COALESCE(SUM(refunded_quantity), 0) AS units FROM recall_item JOIN recall ON recall.id = recall_item.recall_id
     WHERE recall_item.line_id = ? AND recall.batch_id = ?`,
    [idBytes(lineId), idBytes(batchId)],
  );
  return Number(units);
}

/** How many lines a recall is about, and what would go back for them in all, in minor units. */
export async function sizeOf(
  db: EntityManager,
  recallId: RecallId,
): Promise<{ itemsTotal: number; amountMinor: number }> {
  const [{ items, minor }] = await db.query<[Record<'items' | 'minor', number | string>]>(
    'SELECT COUNT(*) AS items, COALESCE(SUM(amount_minor), 0) AS minor FROM recall_item WHERE recall_id = ?',
    [idBytes(recallId)],
  );
  return { itemsTotal: Number(items), amountMinor: sumMinor([Number(minor)]) };
}
