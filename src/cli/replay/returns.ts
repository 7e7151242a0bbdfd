import type { Return, Sale } from './sale.js';

/** Units of a sale that its customer sends back. */
export interface Returned {
  /** Which sale, by its line. */
  readonly saleLine: number;
  readonly quantity: number;
}

/** What is sent back, and how many units of it nobody buys in the file: their sale is older. */
export interface Returns {
  readonly returned: readonly Returned[];
  readonly unitsOfNoSale: number;
}

/**
 * Which sales the returns are of: of a customer’s sales of that article the newest until then that has units left, or else the next. A file begins in the
 * middle of a shop’s life, so much of what comes back first was bought before; all of it is sent back after everything was delivered, whenever it was.
 * What comes back of one sale by several lines comes back at once.
 *
 * @param sales in the order of their times
 * @param returns as well
 */
export function returnsOf(sales: readonly Sale[], returns: readonly Return[]): Returns {
  const shelves = new Map<string, Sale[]>();
  for (const sale of sales) {
    const key = shelfOf(sale);
    shelves.set(key, [...(shelves.get(key) ?? []), sale]);
  }
  const returned = new Map<number, number>();
  let unitsOfNoSale = 0;
  for (const back of returns) {
    const bought = shelves.get(shelfOf(back)) ?? [];
    const before = bought.filter(({ soldAt }) => soldAt <= back.returnedAt).toReversed();
    const after = bought.filter(({ soldAt }) => soldAt > back.returnedAt);
    let left = back.quantity;
    for (const { lineNumber, quantity } of [...before, ...after]) {
      const already = returned.get(lineNumber) ?? 0;
      const units = Math.min(left, quantity - already);
      if (units > 0) returned.set(lineNumber, already + units);
      left -= units;
    }
    unitsOfNoSale += left;
  }
  return { returned: [...returned].map(([saleLine, quantity]) => ({ saleLine, quantity })), unitsOfNoSale };
}

function shelfOf({ customer, stockCode }: Pick<Sale, 'customer' | 'stockCode'>): string {
  return `${customer} ${stockCode}`;
}
