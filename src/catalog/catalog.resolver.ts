import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { IdPipe, type Load, Loader, type Page, PageArgs } from '#common';
import { Allow } from '#identity';
import { productById, skusOfProduct, stockOfSku, supplierById } from './catalog.loaders.js';
import { CatalogService } from './catalog.service.js';
import { Product, ProductConnection, type ProductId } from './product.entity.js';
import { Sku, type SkuId } from './sku.entity.js';
import { Stock } from './stock.entity.js';
import { Supplier, type SupplierId } from './supplier.entity.js';

@Resolver(() => Product)
export class ProductResolver {
  constructor(private readonly catalog: CatalogService) {}

  @Allow('ANYONE')
  @Query(() => ProductConnection, { description: 'Products on sale, newest first.' })
  products(
    @Args() page: PageArgs,
    @Args('category', { type: () => String, nullable: true, description: 'Only this shelf.' }) category?: string | null,
  ): Promise<Page<Product>> {
    return this.catalog.products(page, category);
  }

  @Allow('ANYONE')
  @Query(() => Product, { nullable: true, description: 'One product; null if there is none with this id.' })
  product(
    @Args('id', { type: () => ID, description: 'The product’s id.' }, new IdPipe('product')) id: ProductId,
  ): Promise<Product | null> {
    return this.catalog.product(id);
  }

  @ResolveField(() => Supplier, { description: 'Who sells and ships it.' })
  supplier(@Parent() product: Product, @Loader(supplierById) load: Load<SupplierId, Supplier>): Promise<Supplier> {
    return load(product.supplierId);
  }

  @ResolveField(() => [Sku], { description: 'Its variants.' })
  skus(@Parent() product: Product, @Loader(skusOfProduct) load: Load<ProductId, Sku[]>): Promise<Sku[]> {
    return load(product.id);
  }
}

@Resolver(() => Sku)
export class SkuResolver {
  @ResolveField(() => Product, { description: 'The product that it is a variant of.' })
  product(@Parent() sku: Sku, @Loader(productById) load: Load<ProductId, Product>): Promise<Product> {
    return load(sku.productId);
  }

  @ResolveField(() => Stock, { description: 'How much of it there is.' })
  stock(@Parent() sku: Sku, @Loader(stockOfSku) load: Load<SkuId, Stock>): Promise<Stock> {
    return load(sku.id);
  }
}
