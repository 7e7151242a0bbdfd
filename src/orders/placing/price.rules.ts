import {
  type AllotmentId,
  type Article,
  chargeFor,
  feeOf,
  type Region,
  type ReturnRule,
  type SupplierId,
} from '#catalog';
import { sumMinor } from '#common';
import type { Freight } from './order-freight.entity.js';
import { NotDelivered } from './price.refusals.js';

export interface NewLine {
  readonly article: Article;
  readonly quantity: number;
  /** What a unit costs here: the single price, or a team's. */
  readonly unitPriceMinor: number;
  /** The share of stock that it counts against, if its price has one. */
  readonly allotmentId: AllotmentId | null;
  /** By which rule it may be sent back. */
  readonly returnRule: ReturnRule;
}

/** What the goods of one supplier cost, and sending them. */
export interface PricedOrder {
  readonly supplierId: SupplierId;
  readonly lines: readonly NewLine[];
  readonly freights: readonly Freight[];
  readonly freightMinor: number;
  readonly payableMinor: number;
}

/**
 * Prices what is bought at once: one order for each supplier, in the order in which the lines name them. Each freight template is reckoned apart,
 * from the weight and the amount of its own goods, and an order's freight is their sum. A product without a template is sent for nothing, anywhere.
 *
 * @returns NotDelivered, with every SKU that does not go there, if there is one
 */
export function priceOrders(lines: readonly NewLine[], region: Region | null): PricedOrder[] | NotDelivered {
  const stuck = lines.filter(
    ({ article: { freight } }) => freight !== null && chargeFor(freight.terms, region) === null,
  );
  if (stuck.length > 0) return new NotDelivered(stuck.map(({ article }) => article.sku.id));
  return groupsOf(lines, ({ article }) => article.product.supplierId).map(([supplierId, own]) => {
    const freights = freightsOf(own, region);
    const freightMinor = sumMinor(freights.map(({ amountMinor }) => amountMinor));
    return {
      supplierId,
      lines: own,
      freights,
      freightMinor,
      payableMinor: sumMinor([goodsMinorOf(own), freightMinor]),
    };
  });
}

export function amountOf({ quantity, unitPriceMinor }: NewLine): number {
  return quantity * unitPriceMinor;
}

/** What a line is called: the product, and what tells the SKU from its other variants. */
export function titleOf({ sku, product }: Article): string {
  return sku.title === '' ? product.name : `${product.name} ${sku.title}`;
}

function freightsOf(lines: readonly NewLine[], region: Region | null): Freight[] {
  return groupsOf(lines, ({ article }) => article.freight?.id ?? null).flatMap(([templateId, own]) => {
    const template = own[0]?.article.freight;
    const charge = template && chargeFor(template.terms, region);
    if (!charge || templateId === null) return [];
    const { firstGrams, firstMinor, stepGrams, stepMinor, freeFromMinor } = charge;
    const weightGrams = own.reduce((sum, { article, quantity }) => sum + (article.sku.weightGrams ?? 0) * quantity, 0);
    const goodsMinor = goodsMinorOf(own);
    const amountMinor = feeOf(charge, weightGrams, goodsMinor);
    const reckoned = { weightGrams, goodsMinor, firstGrams, firstMinor, stepGrams, stepMinor, freeFromMinor };
    return [{ templateId, name: template.name, region, ...reckoned, amountMinor }];
  });
}

function goodsMinorOf(lines: readonly NewLine[]): number {
  return sumMinor(lines.map(amountOf));
}

/** The lines of each key, in the order in which the keys first stand there. */
function groupsOf<Key>(lines: readonly NewLine[], keyOf: (line: NewLine) => Key): [Key, NewLine[]][] {
  const groups = new Map<Key, NewLine[]>();
  for (const line of lines) groups.set(keyOf(line), [...(groups.get(keyOf(line)) ?? []), line]);
  return [...groups];
}
