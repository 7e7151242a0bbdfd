import { SearchIndexService } from '#catalog';
import type { Shop } from '../../support/shop.js';

const ALL_PAGES = 1_000;

/** Takes up every change, as the worker does by the clock. */
export async function indexAll(shop: Shop): Promise<void> {
  await shop.get(SearchIndexService).takeUp(ALL_PAGES);
}

export interface SearchAnswer {
  readonly understoodAs: readonly string[];
  readonly hasAllWords: boolean;
  readonly products: {
    readonly edges: readonly {
      readonly cursor: string;
      readonly node: { readonly id: string; readonly name: string };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** What the search box answers to anybody. */
export async function search(
  shop: Shop,
  input: Record<string, unknown>,
  page: { readonly first?: number; readonly after?: string | null } = {},
): Promise<SearchAnswer> {
  return shop.guest.ask<SearchAnswer>(
    `query ($input: ProductSearchInput!, $first: Int = 20, $after: String) {
       productSearch(input: $input, first: $first, after: $after) {
         understoodAs hasAllWords
         products { edges { cursor node { id name } } pageInfo { hasNextPage endCursor } }
       }
     }`,
    { input, ...page },
  );
}

/** The names of what is found first. */
export async function foundBy(shop: Shop, text: string, first = 20): Promise<string[]> {
  const { products } = await search(shop, { text }, { first });
  return products.edges.map(({ node }) => node.name);
}
