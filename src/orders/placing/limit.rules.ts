import type { SkuId } from '#catalog';
import { OverBuyerLimit, OverOrderLimit } from './price.refusals.js';
import type { OrderStatus } from '../order.entity.js';
import type { NewLine } from './price.rules.js';

/** The first line that has more units than one order may; null if none has. */
export function overOrderLimit(lines: readonly NewLine[]): OverOrderLimit | null {
  for (const { article, quantity } of lines) {
    const { id, unitsPerOrder } = article.sku;
    if (unitsPerOrder !== null && quantity > unitsPerOrder) return new OverOrderLimit(id, unitsPerOrder);
  }
  return null;
}

/**
 * The first line that would give the buyer more units than one buyer may have; null if none would.
 *
 * @param unitsOf how many units the buyer has of each SKU without these lines
 */
export function overBuyerLimit(lines: readonly NewLine[], unitsOf: ReadonlyMap<SkuId, number>): OverBuyerLimit | null {
  for (const { article, quantity } of lines) {
    const { id, unitsPerBuyer } = article.sku;
    if (unitsPerBuyer === null) continue;
    const unitsLeft = Math.max(unitsPerBuyer - (unitsOf.get(id) ?? 0), 0);
    if (quantity > unitsLeft) return new OverBuyerLimit(id, unitsPerBuyer, unitsLeft);
  }
  return null;
}

/** Orders whose units the buyer does not have: never paid, gone back, or about to, because a late payment gets nothing of what was bought alone. */
export const NOT_COUNTED: readonly OrderStatus[] = ['CANCELLED', 'PAID_LATE', 'REFUNDED'];

/** Whether the units of an order that was bought alone count towards what one buyer may have. */
export function countsForBuyer(status: OrderStatus): boolean {
  return !NOT_COUNTED.includes(status);
}
