import type { NewProduct } from '#catalog';

/** A product of the demo shop, with the terms on which teams buy its first SKU. */
export interface DemoProduct extends NewProduct {
  readonly team?: DemoTeam;
}

export interface DemoTeam {
  readonly size: number;
  readonly priceMinor: number;
  readonly ttlHours: number;
  readonly unitsPerBuyer: number;
  /** How much of the SKU's stock teams may take, in basis points; the rest stays for those who buy alone. */
  readonly stockShareBps: number;
}
