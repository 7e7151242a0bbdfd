import assert from 'node:assert/strict';
import type { EntityManager } from 'typeorm';
import { idBytes } from '#common';
import { type AfterSale, type AfterSaleId } from './after-sale.entity.js';

interface Write {
  readonly affectedRows: number;
}

/**
 * Counts the units of a new case as claimed, and withholds those that are not shipped, whatever was read before: no unit is asked for twice, and none
 * that is withheld is on its way.
 *
 * @param lines how many lines the case has
 */
export async function claim(db: EntityManager, { id, isUnshipped }: AfterSale, lines: number): Promise<void> {
  const { affectedRows } = await db.query<Write>(
    `UPDATE order_line JOIN after_sale_line ON after_sale_line.line_id = order_line.id
     SET claimed_quantity = claimed_quantity + after_sale_line.quantity,
       withheld_quantity = withheld_quantity + IF(?, after_sale_line.quantity, 0)
     WHERE after_sale_id = ? AND refunding_quantity + claimed_quantity + after_sale_line.quantity <= order_line.quantity
       AND (NOT ? OR shipped_quantity + cancelled_quantity + withheld_quantity + after_sale_line.quantity <= order_line.quantity)`,
    [isUnshipped, idBytes(id), isUnshipped],
  );
  assert(affectedRows === lines, `${id} asks for more units than were left`);
}

/** Lets the units of a case be shipped again. */
export async function letShip(db: EntityManager, id: AfterSaleId): Promise<void> {
  await db.query(
    `UPDATE order_line JOIN after_sale_line ON after_sale_line.line_id = order_line.id
     SET withheld_quantity = withheld_quantity - after_sale_line.quantity WHERE after_sale_id = ?`,
    [idBytes(id)],
  );
}

/** Counts the units of a case as claimed no more: it is over, or their money is about to be promised. */
export async function unclaim(db: EntityManager, id: AfterSaleId): Promise<void> {
  await db.query(
    `UPDATE order_line JOIN after_sale_line ON after_sale_line.line_id = order_line.id
     SET claimed_quantity = claimed_quantity - after_sale_line.quantity WHERE after_sale_id = ?`,
    [idBytes(id)],
  );
}

/** Counts the open cases of an order. */
export async function countOpen(db: EntityManager, { orderId }: Pick<AfterSale, 'orderId'>, by: 1 | -1): Promise<void> {
  await db.query('UPDATE orders SET open_after_sales = open_after_sales + ? WHERE id = ?', [by, idBytes(orderId)]);
}
