import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Load, Loader, PageArgs } from '#common';
import { Allow } from '#identity';
import { supplierById } from '../catalog.loaders.js';
import { Supplier, type SupplierId } from '../supplier.entity.js';
import { ProductFacets, SupplierCount } from './facets.js';
import { ProductSearch } from './product-search.js';
import { ProductSearchInput } from './search.inputs.js';
import { SearchService } from './search.service.js';

@Resolver(() => ProductSearch)
export class SearchResolver {
  constructor(private readonly service: SearchService) {}

  @Allow('ANYONE')
  @Query(() => ProductSearch, {
    description:
      'Finds products on sale by words in Chinese, English or pinyin; a word may be unfinished or have one wrong character.',
  })
  productSearch(
    @Args('input', { description: 'What is looked for.' }) input: ProductSearchInput,
    @Args() page: PageArgs,
  ): Promise<ProductSearch> {
    return this.service.search(input, page);
  }

  @ResolveField(() => ProductFacets, { description: 'What it could be narrowed down by.' })
  facets(@Parent() search: ProductSearch): Promise<ProductFacets> {
    return this.service.facets(search);
  }
}

@Resolver(() => SupplierCount)
export class SupplierCountResolver {
  @ResolveField(() => Supplier, { description: 'The supplier, whose id is to be given as `supplierId`.' })
  supplier(
    @Parent() { supplierId }: SupplierCount,
    @Loader(supplierById) load: Load<SupplierId, Supplier>,
  ): Promise<Supplier> {
    return load(supplierId);
  }
}
