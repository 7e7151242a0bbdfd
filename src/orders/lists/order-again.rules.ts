import { NotOnSale, type Sku, SoldOut } from '#catalog';
import type { Refusal } from '#common';
import { OverBuyerLimit, OverOrderLimit } from '../placing/price.refusals.js';

/** What stands in the way of buying a SKU alone once more. */
export interface Supply {
  readonly sku: Pick<Sku, 'id' | 'unitsPerOrder' | 'unitsPerBuyer'>;
  readonly isSold: boolean;
  readonly onHand: number;
  /** How many units of it the buyer has, as far as they count. */
  readonly unitsOfBuyer: number;
}

/** How many of so many units can be had now, and why not all; the first reason in the order in which placing looks. */
export function againOf(
  { sku, isSold, onHand, unitsOfBuyer }: Supply,
  wanted: number,
): { readonly quantity: number; readonly whyNot: Refusal | null } {
  const { id, unitsPerOrder, unitsPerBuyer } = sku;
  if (!isSold) return { quantity: 0, whyNot: new NotOnSale(id) };
  const unitsLeft = unitsPerBuyer === null ? Infinity : Math.max(unitsPerBuyer - unitsOfBuyer, 0);
  const quantity = Math.min(wanted, unitsPerOrder ?? Infinity, unitsLeft, onHand);
  if (unitsPerOrder !== null && wanted > unitsPerOrder)
    return { quantity, whyNot: new OverOrderLimit(id, unitsPerOrder) };
  if (unitsPerBuyer !== null && wanted > unitsLeft)
    return { quantity, whyNot: new OverBuyerLimit(id, unitsPerBuyer, unitsLeft) };
  return { quantity, whyNot: wanted > onHand ? new SoldOut(id) : null };
}
