import type { EntityManager } from 'typeorm';
import { idBytes, idFromBytes } from '#common';
import type { CategoryId } from '../categories/category.entity.js';
import type { ProductId } from '../products/product.entity.js';
import type { ProductOrder, ProductSearchInput } from './search.inputs.js';
import type { Choice, Slot } from './slot.rules.js';

/**
 * Of so many products that fit the rarest word best, those that fit all the others are looked for. A rarer word than the thousands of one
 * found here says what is meant; so no search costs more than this, however large the shop is.
 */
export const CANDIDATES_MAX = 2_000;
const PER_CHOICE_MIN = 200;

export interface Hit {
  readonly productId: ProductId;
  /** What it is ordered by: points, or a price in minor units. */
  readonly orderedBy: number;
}

/** `every`: products that have all words. `any`: those that have some of them. */
export type Match = 'every' | 'any';

export interface Filter extends Pick<ProductSearchInput, 'supplierId' | 'priceFromMinor' | 'priceToMinor' | 'inStock'> {
  /** Null for any. */
  readonly categoryIds: readonly CategoryId[] | null;
}

interface Sql {
  readonly text: string;
  readonly values: readonly unknown[];
}

const ORDERS: Readonly<Record<ProductOrder, { readonly by: string; readonly isUp: boolean }>> = {
  RELEVANCE: { by: 'points', isUp: false },
  PRICE_UP: { by: 'price_minor', isUp: true },
  PRICE_DOWN: { by: 'price_minor', isUp: false },
  NEWEST: { by: '0 + 0', isUp: false },
};

/** The products that fit, in order, behind the one given; up to `limit`. */
export async function hitsOf(
  db: EntityManager,
  slots: readonly Slot[],
  match: Match,
  {
    filter,
    order,
    after,
    limit,
  }: {
    readonly filter: Filter;
    readonly order: ProductOrder;
    readonly after: Hit | null;
    readonly limit: number;
  },
): Promise<Hit[]> {
  const { by, isUp } = ORDERS[order];
  const fitting = fittingSql(slots, match, filter);
  const behind = behindSql(by, isUp, after);
  const direction = isUp ? 'ASC' : 'DESC';
  const rows = await db.query<{ product_id: Buffer; ordered_by: string }[]>(
    `SELECT hit.product_id, ${by} AS ordered_by ${fitting.text} AND ${behind.text}
     ORDER BY ${by} ${direction}, hit.product_id ${direction} LIMIT ?`,
    [...fitting.values, ...behind.values, limit],
  );
  return rows.map(({ product_id, ordered_by }) => ({
    productId: idFromBytes('product', product_id),
    orderedBy: Number(ordered_by),
  }));
}

/** From where to where the products come, as `FROM … WHERE …`, with `points` and `price_minor` to order by. */
export function fittingSql(slots: readonly Slot[], match: Match, filter: Filter): Sql {
  const points = match === 'every' ? pointsOfEvery(slots) : pointsOfAny(slots);
  const conditions: Sql[] = [
    { text: 'points IS NOT NULL AND product.status = ?', values: ['ON_SALE'] },
    ...(filter.categoryIds ? [{ text: 'product.category_id IN (?)', values: [filter.categoryIds.map(idBytes)] }] : []),
    ...(filter.supplierId ? [{ text: 'product.supplier_id = ?', values: [idBytes(filter.supplierId)] }] : []),
    ...(filter.priceFromMinor ? [{ text: 'price_minor >= ?', values: [filter.priceFromMinor] }] : []),
    ...(typeof filter.priceToMinor === 'number' ? [{ text: 'price_minor <= ?', values: [filter.priceToMinor] }] : []),
    ...(filter.inStock
      ? [
          {
            text: 'EXISTS (SELECT 1 FROM sku JOIN stock ON sku_id = sku.id WHERE sku.product_id = hit.product_id AND on_hand > 0)',
            values: [],
          },
        ]
      : []),
  ];
  return {
    text: `FROM (${points.text}) AS hit JOIN search_product USING (product_id) JOIN product ON product.id = hit.product_id
           WHERE ${conditions.map(({ text }) => text).join(' AND ')}`,
    values: [...points.values, ...conditions.flatMap(({ values }) => values)],
  };
}

/** The rarest word leads; a product that lacks one of the others has no points. */
function pointsOfEvery(slots: readonly Slot[]): Sql {
  const [rarest, ...others] = slots.toSorted((a, b) => a.products - b.products);
  const lead = bestOf(rarest ? rarest.choices : []);
  const rest = others.map(({ choices }) => pointsAt(choices));
  return {
    text: `SELECT product_id, ${['points', ...rest.map(({ text }) => text)].join(' + ')} AS points
           FROM (SELECT product_id, MAX(points) AS points FROM (${lead.text}) AS posting GROUP BY product_id) AS candidate`,
    values: [...rest.flatMap(({ values }) => values), ...lead.values],
  };
}

function pointsOfAny(slots: readonly Slot[]): Sql {
  const { text, values } = bestOf(slots.flatMap(({ choices }) => choices));
  return {
    text: `SELECT product_id, SUM(points) AS points FROM (${text}) AS posting GROUP BY product_id`,
    values,
  };
}

/** The products that each word fits best. */
function bestOf(choices: readonly Choice[]): Sql {
  const each = Math.max(PER_CHOICE_MIN, Math.ceil(CANDIDATES_MAX / choices.length));
  const parts = choices.map(
    () =>
      `(SELECT product_id, impact * ? AS points FROM search_posting WHERE term_id = ? ORDER BY impact DESC LIMIT ${each})`,
  );
  return { text: parts.join(' UNION ALL '), values: choices.flatMap(({ weight, termId }) => [weight, termId]) };
}

/** How well one candidate fits one more word; null if it does not have it. */
function pointsAt(choices: readonly Choice[]): Sql {
  const weights = choices.map(() => 'WHEN ? THEN ?').join(' ');
  return {
    text: `(SELECT MAX(impact * CASE term_id ${weights} END) FROM search_posting AS other
            WHERE other.product_id = candidate.product_id AND term_id IN (?))`,
    values: [...choices.flatMap(({ termId, weight }) => [termId, weight]), choices.map(({ termId }) => termId)],
  };
}

function behindSql(by: string, isUp: boolean, after: Hit | null): Sql {
  if (!after) return { text: 'TRUE', values: [] };
  const sign = isUp ? '>' : '<';
  return {
    text: `(${by} ${sign} ? OR (${by} = ? AND hit.product_id ${sign} ?))`,
    values: [after.orderedBy, after.orderedBy, idBytes(after.productId)],
  };
}
