import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { EntityManager } from 'typeorm';
import { idFromBytes, Minor } from '#common';
import type { CategoryId } from '../categories/category.entity.js';
import type { SupplierId } from '../suppliers/supplier.entity.js';
import { type Filter, fittingSql, type Match } from './hits.js';
import type { Slot } from './slot.rules.js';

/** Where price bands begin, in fen: at round prices, each two to three times the one before. */
const BANDS = [0, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000];

@ObjectType({ description: 'How many of the products found stand in one category itself.' })
export class CategoryCount {
  readonly categoryId: CategoryId;

  @Field(() => Int, { description: 'How many products.' })
  readonly products: number;
}

@ObjectType({ description: 'How many of the products found one supplier sells.' })
export class SupplierCount {
  readonly supplierId: SupplierId;

  @Field(() => Int, { description: 'How many products.' })
  readonly products: number;
}

@ObjectType({ description: 'How many of the products found cost about as much.' })
export class PriceCount {
  @Field(() => Minor, { description: 'The lowest price of the band, in minor units, to be given as `priceFromMinor`.' })
  readonly priceFromMinor: number;

  @Field(() => Minor, {
    nullable: true,
    description: 'The highest price of the band, to be given as `priceToMinor`; null for the dearest band.',
  })
  readonly priceToMinor: number | null;

  @Field(() => Int, { description: 'How many products.' })
  readonly products: number;
}

@ObjectType({ description: 'What a search could be narrowed down by.' })
export class ProductFacets {
  @Field(() => [CategoryCount], { description: 'By category, most products first.' })
  readonly categories: CategoryCount[];

  @Field(() => [SupplierCount], { description: 'By supplier, most products first.' })
  readonly suppliers: SupplierCount[];

  @Field(() => [PriceCount], { description: 'By price, cheapest first.' })
  readonly prices: PriceCount[];

  @Field(() => Int, { description: 'How many products were found; search looks at no more than 2,000.' })
  readonly products: number;
}

interface Row {
  readonly category_id: Buffer;
  readonly supplier_id: Buffer;
  readonly band: number;
  readonly products: string;
}

/** Counts everything that a search finds, in one statement. */
export async function facetsOf(
  db: EntityManager,
  slots: readonly Slot[],
  match: Match,
  filter: Filter,
): Promise<ProductFacets> {
  const fitting = fittingSql(slots, match, filter);
  const rows = await db.query<Row[]>(
    `SELECT category_id, supplier_id, INTERVAL(price_minor, ${BANDS.join(', ')}) - 1 AS band, COUNT(*) AS products
     ${fitting.text} GROUP BY category_id, supplier_id, band`,
    [...fitting.values],
  );
  const total = (keyOf: (row: Row) => string): [key: string, products: number][] => {
    const counts = new Map<string, number>();
    for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + Number(row.products));
    return [...counts].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
  };
  const prices = total(({ band }) => String(band)).map(([band, products]) => ({ ...bandAt(Number(band)), products }));
  return {
    categories: total(({ category_id }) => category_id.toString('hex')).map(([hex, products]) => ({
      categoryId: idFromBytes('category', Buffer.from(hex, 'hex')),
      products,
    })),
    suppliers: total(({ supplier_id }) => supplier_id.toString('hex')).map(([hex, products]) => ({
      supplierId: idFromBytes('supplier', Buffer.from(hex, 'hex')),
      products,
    })),
    prices: prices.sort((a, b) => a.priceFromMinor - b.priceFromMinor),
    products: rows.reduce((sum, { products }) => sum + Number(products), 0),
  };
}

function bandAt(index: number): { readonly priceFromMinor: number; readonly priceToMinor: number | null } {
  const next = BANDS[index + 1];
  return { priceFromMinor: BANDS[index] ?? 0, priceToMinor: next === undefined ? null : next - 1 };
}
