import { shareOf } from '#common';
import type { Sale } from './sale.js';

/** What the shop sells, as the sales tell it. */
export interface AssortmentItem {
  readonly stockCode: string;
  readonly name: string;
  readonly singlePriceMinor: number;
  readonly teamPriceMinor: number;
  /** Exactly as much as was sold, so that stock that leaks turns buyers away. */
  readonly units: number;
  /** The most that one customer bought in all. */
  readonly unitsPerBuyer: number;
}

const TEAM_SHARE_BPS = 9_000;

/** One item for each stock code, in the order in which they were first sold. */
export function assortmentOf(sales: readonly Sale[]): AssortmentItem[] {
  const shelves = new Map<string, Shelf>();
  for (const sale of sales) {
    const shelf = shelves.get(sale.stockCode) ?? new Shelf();
    shelf.add(sale);
    shelves.set(sale.stockCode, shelf);
  }
  return [...shelves].map(([stockCode, shelf]) => shelf.item(stockCode));
}

/** A tenth less, in whole fen, and never nothing. */
export function teamPriceOf(singlePriceMinor: number): number {
  return Math.max(1, shareOf(singlePriceMinor, TEAM_SHARE_BPS));
}

/** What was sold under one stock code. */
class Shelf {
  readonly #prices = new Map<number, number>();
  readonly #names = new Map<string, number>();
  readonly #unitsByCustomer = new Map<string, number>();

  add({ unitPriceMinor, description, customer, quantity }: Sale): void {
    count(this.#prices, unitPriceMinor);
    if (description !== '') count(this.#names, description);
    count(this.#unitsByCustomer, customer, quantity);
  }

  /** Prices and names changed over time; the usual one is taken. */
  item(stockCode: string): AssortmentItem {
    const singlePriceMinor = mostFrequent(this.#prices) ?? 1;
    const units = [...this.#unitsByCustomer.values()];
    return {
      stockCode,
      name: mostFrequent(this.#names) ?? stockCode,
      singlePriceMinor,
      teamPriceMinor: teamPriceOf(singlePriceMinor),
      units: units.reduce((sum, each) => sum + each, 0),
      unitsPerBuyer: Math.max(...units),
    };
  }
}

function count<Key>(counts: Map<Key, number>, key: Key, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

/** Of values that are equally frequent, the one that came first. */
function mostFrequent<Value>(counts: ReadonlyMap<Value, number>): Value | undefined {
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
