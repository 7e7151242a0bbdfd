import { UseInterceptors } from '@nestjs/common';
import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { IdPipe, type Load, Loader, OptionalIdPipe, type Page, PageArgs, RefusalsAsResults } from '#common';
import { Allow, CurrentStaff, type StaffViewer } from '#identity';
import { Image } from '#media';
import { Category, type CategoryId } from '../categories/category.entity.js';
import { categoryById } from '../categories/category.loaders.js';
import { Supplier, type SupplierId } from '../suppliers/supplier.entity.js';
import { supplierById } from '../suppliers/supplier.loaders.js';
import { CatalogService } from './catalog.service.js';
import { Product, ProductConnection, type ProductId, ProductStatus } from './product.entity.js';
import { ProductAddInput, ProductChangeInput } from './product.inputs.js';
import { imagesOfProduct, skusOfProduct } from './product.loaders.js';
import { ProductAddResult, ProductChangeResult } from './product.refusals.js';
import { ProductsService } from './products.service.js';
import { needsConfirmation } from './return.rules.js';
import { Sku } from './sku.entity.js';

const OF_CATEGORY = { type: () => ID, nullable: true, description: 'Only this category and those below it.' } as const;

@Resolver(() => Product)
@UseInterceptors(RefusalsAsResults)
export class ProductsResolver {
  constructor(
    private readonly catalog: CatalogService,
    private readonly service: ProductsService,
  ) {}

  @Allow('ANYONE')
  @Query(() => ProductConnection, { description: 'Products on sale, newest first.' })
  products(
    @Args() page: PageArgs,
    @Args('categoryId', OF_CATEGORY, new OptionalIdPipe('category')) categoryId: CategoryId | null,
  ): Promise<Page<Product>> {
    return this.catalog.products(page, { status: 'ON_SALE', categoryId });
  }

  @Allow('CATALOG')
  @Query(() => ProductConnection, { description: 'Products of the shop, on sale or not, newest first. For CATALOG.' })
  allProducts(
    @Args() page: PageArgs,
    @Args('categoryId', OF_CATEGORY, new OptionalIdPipe('category')) categoryId: CategoryId | null,
    @Args('status', { type: () => ProductStatus, nullable: true, description: 'Only those that stand so.' })
    status?: ProductStatus | null,
  ): Promise<Page<Product>> {
    return this.catalog.products(page, { status: status ?? null, categoryId });
  }

  @Allow('ANYONE')
  @Query(() => Product, { nullable: true, description: 'One product; null if there is none with this id.' })
  product(
    @Args('id', { type: () => ID, description: 'The product’s id.' }, new IdPipe('product')) id: ProductId,
  ): Promise<Product | null> {
    return this.catalog.product(id);
  }

  @Allow('CATALOG')
  @Mutation(() => ProductAddResult, {
    description: 'Make a product, which needs SKUs and stock before it goes on sale. For CATALOG.',
  })
  productAdd(
    @CurrentStaff() { id }: StaffViewer,
    @Args('input', { description: 'What it says, and why.' }) input: ProductAddInput,
  ): Promise<Product> {
    return this.service.addOnce(id, input);
  }

  @Allow('CATALOG')
  @Mutation(() => ProductChangeResult, { description: 'Let a product say other things. For CATALOG.' })
  productChange(
    @CurrentStaff() { id }: StaffViewer,
    @Args('input', { description: 'Which one, all that it is to say, and why.' }) input: ProductChangeInput,
  ): Promise<Product> {
    return this.service.changeOnce(id, input);
  }

  @ResolveField(() => Supplier, { description: 'Who sells and ships it.' })
  supplier(@Parent() product: Product, @Loader(supplierById) load: Load<SupplierId, Supplier>): Promise<Supplier> {
    return load(product.supplierId);
  }

  @ResolveField(() => Category, { description: 'The category in which it stands.' })
  category(@Parent() product: Product, @Loader(categoryById) load: Load<CategoryId, Category>): Promise<Category> {
    return load(product.categoryId);
  }

  @ResolveField(() => [Sku], { description: 'Its variants, oldest first; a retired one can no longer be bought.' })
  skus(@Parent() product: Product, @Loader(skusOfProduct) load: Load<ProductId, Sku[]>): Promise<Sku[]> {
    return load(product.id);
  }

  @ResolveField(() => [Image], { description: 'Its pictures in order; the first is its cover.' })
  images(@Parent() product: Product, @Loader(imagesOfProduct) load: Load<ProductId, Image[]>): Promise<Image[]> {
    return load(product.id);
  }

  @ResolveField(() => Boolean, {
    description: 'Whether its return rule is an exception that the buyer must confirm at each purchase.',
  })
  returnNeedsConfirmation(@Parent() { returnRule }: Product): boolean {
    return needsConfirmation(returnRule);
  }
}
