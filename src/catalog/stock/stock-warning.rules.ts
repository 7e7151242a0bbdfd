/** A SKU as the clock finds it. */
export interface SkuStanding {
  readonly onHand: number;
  /** Null if nobody wants to be warned. */
  readonly lowStockUnits: number | null;
  readonly isRetired: boolean;
  /** The fewest units seen by the warning that stands; null if none does. */
  readonly lowestUnits: number | null;
}

/** What becomes of a SKU's warning: one begins, ends, or has seen fewer units than before; null if nothing does. */
export function warningStep({
  onHand,
  lowStockUnits,
  isRetired,
  lowestUnits,
}: SkuStanding): 'BEGIN' | 'END' | 'LOWER' | null {
  const isLow = !isRetired && lowStockUnits !== null && onHand <= lowStockUnits;
  if (lowestUnits === null) return isLow ? 'BEGIN' : null;
  if (!isLow) return 'END';
  return onHand < lowestUnits ? 'LOWER' : null;
}
