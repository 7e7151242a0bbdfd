import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Load, Loader, PageArgs } from '#common';
import { Allow } from '#identity';
import { Category, type CategoryId } from '../categories/category.entity.js';
import { categoryById } from '../categories/category.loaders.js';
import { supplierById } from '../suppliers/supplier.loaders.js';
import { Supplier, type SupplierId } from '../suppliers/supplier.entity.js';
import { CategoryCount, ProductFacets, SupplierCount } from './facets.js';
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

@Resolver(() => CategoryCount)
export class CategoryCountResolver {
  @ResolveField(() => Category, { description: 'The category, whose id is to be given as `categoryId`.' })
  category(
    @Parent() { categoryId }: CategoryCount,
    @Loader(categoryById) load: Load<CategoryId, Category>,
  ): Promise<Category> {
    return load(categoryId);
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
