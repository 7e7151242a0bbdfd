import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { decodeCursor, foreignCursor, isId, oneInOrder, type PageArgs, pageOf } from '#common';
import { Product } from '../products/product.entity.js';
import { CategoriesService } from '../categories/categories.service.js';
import { facetsOf, type ProductFacets } from './facets.js';
import { type Filter, type Hit, hitsOf, type Match } from './hits.js';
import type { ProductSearch } from './product-search.js';
import type { ProductOrder, ProductSearchInput } from './search.inputs.js';
import type { Slot } from './slot.rules.js';
import { slotsOf } from './vocabulary.js';
import { unitsOf } from './words.js';

/** More words than anybody types into a search box. */
const UNITS_MAX = 8;

/** Finds products by words. */
@Injectable()
export class SearchService {
  constructor(
    private readonly source: DataSource,
    private readonly categories: CategoriesService,
  ) {}

  /** Finds what has all of the words; if nothing has, what has some of them. At most six statements, however much there is. */
  async search(
    { text, order, categoryId = null, ...narrowed }: ProductSearchInput,
    page: PageArgs,
  ): Promise<ProductSearch> {
    const db = this.source.manager;
    const categoryIds = categoryId && (await this.categories.within(categoryId));
    const filter = { ...narrowed, categoryIds };
    const { slots, isAll } = await slotsOf(db, unitsOf(text).slice(0, UNITS_MAX));
    const { match, hits } = await this.#hits(slots, { filter, order }, page);
    const ids = hits.map(({ productId }) => productId);
    const products = ids.length > 0 ? oneInOrder(ids, await db.findBy(Product, { id: In(ids) }), ({ id }) => id) : [];
    const found = hits.flatMap(({ orderedBy }, index) => {
      const product = products[index];
      return product ? [{ product, orderedBy }] : [];
    });
    const { edges, pageInfo } = pageOf(found, page.first, ({ product, orderedBy }) => [match, orderedBy, product.id]);
    return {
      products: { pageInfo, edges: edges.map(({ node: { product }, cursor }) => ({ node: product, cursor })) },
      understoodAs: slots.map(({ understood }) => understood),
      hasAllWords: isAll && match === 'every',
      ...{ slots, match, filter },
    };
  }

  facets({ slots, match, filter }: ProductSearch): Promise<ProductFacets> {
    return facetsOf(this.source.manager, slots, match, filter);
  }

  /** A page goes on with the kind of match that the first page has found. */
  async #hits(
    slots: readonly Slot[],
    wish: { readonly filter: Filter; readonly order: ProductOrder },
    { first, after: cursor }: PageArgs,
  ): Promise<{ match: Match; hits: Hit[] }> {
    const behind = behindIn(cursor);
    if (slots.length === 0) return { match: 'every', hits: [] };
    const wanted = { ...wish, after: behind?.hit ?? null, limit: first + 1 };
    const match = behind?.match ?? 'every';
    const hits = await hitsOf(this.source.manager, slots, match, wanted);
    if (behind || hits.length > 0 || slots.length === 1) return { match, hits };
    return { match: 'any', hits: await hitsOf(this.source.manager, slots, 'any', wanted) };
  }
}

function behindIn(cursor: string | null | undefined): { readonly match: Match; readonly hit: Hit } | null {
  const key = decodeCursor(cursor, ['every', 0, 'product_'] as (string | number)[]);
  if (!key) return null;
  const [match, orderedBy, productId] = key;
  const isOurs = (match === 'every' || match === 'any') && isId('product', productId);
  if (!isOurs || typeof orderedBy !== 'number') throw foreignCursor();
  return { match, hit: { orderedBy, productId } };
}
