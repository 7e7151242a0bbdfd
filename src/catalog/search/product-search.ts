import { Field, ObjectType } from '@nestjs/graphql';
import type { Page } from '#common';
import { type Product, ProductConnection } from '../products/product.entity.js';
import type { Filter, Match } from './hits.js';
import type { Slot } from './slot.rules.js';

@ObjectType({ description: 'What a search found.' })
export class ProductSearch {
  @Field(() => ProductConnection, { description: 'The products found, in the order asked for.' })
  readonly products: Page<Product>;

  @Field(() => [String], {
    description:
      'The words that were looked for: those that were asked for, or those that were probably meant; English words by their stem. Empty if the shop knows none of them.',
  })
  readonly understoodAs: string[];

  @Field(() => Boolean, {
    description:
      'Whether each product has all of the words that were asked for; if not, no product has, and these have some of them.',
  })
  readonly hasAllWords: boolean;

  readonly slots: readonly Slot[];
  readonly match: Match;
  readonly filter: Filter;
}
