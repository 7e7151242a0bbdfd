import type { Id } from '#common';
import type { SkuId } from '../products/sku.entity.js';
import type { AllotmentId } from './stock.entity.js';

/** Which hold of an order: 1, or 2 if a late payment was seated again after the first was released. */
export interface StockHold {
  readonly orderId: Id<'order'>;
  readonly hold: number;
}

export interface StockLine extends StockHold {
  readonly skuId: SkuId;
  readonly quantity: number;
  /** The share of stock that this sale counts against, if it has one. */
  readonly allotmentId: AllotmentId | null;
}

export interface Units<Key> {
  readonly key: Key;
  readonly quantity: number;
}

/** Total units by key, in the order of the keys, so that hot rows are always locked in the same order. */
export function totalUnits<Key extends string>(
  lines: readonly StockLine[],
  keyOf: (line: StockLine) => Key | null,
): Units<Key>[] {
  const totals = new Map<Key, number>();
  for (const line of lines) {
    const key = keyOf(line);
    if (key !== null) totals.set(key, (totals.get(key) ?? 0) + line.quantity);
  }
  return [...totals].map(([key, quantity]) => ({ key, quantity })).sort((a, b) => (a.key < b.key ? -1 : 1));
}
