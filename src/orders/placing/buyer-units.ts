import type { EntityManager } from 'typeorm';
import type { SkuId } from '#catalog';
import { idBytes, idFromBytes, orRefuse } from '#common';
import type { UserId } from '#identity';
import type { Refund } from '#payments';
import { overBuyerLimit } from './limit.rules.js';
import type { Order } from '../order.entity.js';
import type { NewLine } from './price.rules.js';

/**
 * Counts the units of lines that are bought alone as the buyer's, and holds the buyer's rows of these SKUs until the transaction ends. They are
 * counted whether or not there is a limit today, so that one that is set tomorrow knows of them. It comes right before stock.
 *
 * @throws Refused with OverBuyerLimit
 */
export async function takeUnits(db: EntityManager, buyerId: UserId, lines: readonly NewLine[]): Promise<void> {
  // One buyer with several phones must not lock crosswise.
  const sorted = lines.toSorted((a, b) => (a.article.sku.id < b.article.sku.id ? -1 : 1));
  await db.query(
    `INSERT INTO sku_buyer (buyer_id, sku_id, units) VALUES ${sorted.map(() => '(?, ?, ?)').join(', ')}
     ON DUPLICATE KEY UPDATE units = units + VALUES(units)`,
    sorted.flatMap(({ article, quantity }) => [idBytes(buyerId), idBytes(article.sku.id), quantity]),
  );
  const limited = lines.filter(({ article }) => article.sku.unitsPerBuyer !== null);
  if (limited.length === 0) return;
  const counted = await unitsOf(db, buyerId, limited.map(skuIdOf));
  const before = new Map(limited.map((line) => [skuIdOf(line), (counted.get(skuIdOf(line)) ?? 0) - line.quantity]));
  orRefuse(overBuyerLimit(limited, before));
}

/** How many units of each of these SKUs a buyer holds or has bought alone. */
export async function unitsOf(
  db: EntityManager,
  buyerId: UserId,
  skuIds: readonly SkuId[],
): Promise<ReadonlyMap<SkuId, number>> {
  const rows = await db.query<{ sku_id: Buffer; units: number }[]>(
    'SELECT sku_id, units FROM sku_buyer WHERE buyer_id = ? AND sku_id IN (?)',
    [idBytes(buyerId), skuIds.map(idBytes)],
  );
  return new Map(rows.map(({ sku_id, units }) => [idFromBytes('sku', sku_id), units]));
}

/** Gives back the units of orders of one buyer that were bought alone, but for those that went back before. A checkout has each SKU once, so no row is met twice. */
export async function giveUnitsBack(db: EntityManager, orders: readonly Order[]): Promise<void> {
  const [first] = orders;
  if (!first) return;
  await db.query(
    `UPDATE sku_buyer JOIN order_line ON order_line.sku_id = sku_buyer.sku_id
     SET sku_buyer.units = sku_buyer.units - (order_line.quantity - order_line.cancelled_quantity)
     WHERE sku_buyer.buyer_id = ? AND order_line.order_id IN (?)`,
    [idBytes(first.buyerId), orders.map(({ id }) => idBytes(id))],
  );
}

/** Gives back those units of an order bought alone that a refund has cancelled. */
export async function giveCancelledUnitsBack(db: EntityManager, { buyerId }: Order, { id }: Refund): Promise<void> {
  await db.query(
    `UPDATE sku_buyer JOIN order_line ON order_line.sku_id = sku_buyer.sku_id JOIN refund_line ON refund_line.line_id = order_line.id
     SET sku_buyer.units = sku_buyer.units - refund_line.cancelled_quantity
     WHERE sku_buyer.buyer_id = ? AND refund_line.refund_id = ?`,
    [idBytes(buyerId), idBytes(id)],
  );
}

function skuIdOf({ article }: NewLine): SkuId {
  return article.sku.id;
}
