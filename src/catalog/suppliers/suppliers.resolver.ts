import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { connectionOf, type Load, Loader, type Page, PageArgs } from '#common';
import { Allow, CurrentSupplierId } from '#identity';
import type { ProductId } from '../products/product.entity.js';
import { skusOfProduct } from '../products/product.loaders.js';
import type { Sku, SkuId } from '../products/sku.entity.js';
import type { Stock } from '../stock/stock.entity.js';
import { stockOfSku } from '../stock/stock.loaders.js';
import { SuppliedProduct, SuppliedSku } from './supplied-product.js';
import { Supplier, type SupplierId } from './supplier.entity.js';
import { supplierById } from './supplier.loaders.js';
import { SuppliersService } from './suppliers.service.js';

const SuppliedProductConnection = connectionOf(SuppliedProduct);

/** The suppliers' door. No field takes a supplier's id: whose goods are shown is known from who asks. */
@Resolver(() => SuppliedProduct)
export class SuppliersResolver {
  constructor(private readonly suppliers: SuppliersService) {}

  @Allow('SUPPLIER')
  @Query(() => Supplier, { description: 'The supplier that one works for. For SUPPLIER.' })
  ownSupplier(
    @CurrentSupplierId() id: SupplierId,
    @Loader(supplierById) load: Load<SupplierId, Supplier>,
  ): Promise<Supplier> {
    return load(id);
  }

  @Allow('SUPPLIER')
  @Query(() => SuppliedProductConnection, {
    description: 'The products of the supplier that one works for, on sale or not, newest first. For SUPPLIER.',
  })
  suppliedProducts(@CurrentSupplierId() id: SupplierId, @Args() page: PageArgs): Promise<Page<SuppliedProduct>> {
    return this.suppliers.products(id, page);
  }

  @ResolveField(() => [SuppliedSku], { description: 'Its variants with their stock.' })
  async skus(
    @Parent() { product }: SuppliedProduct,
    @Loader(skusOfProduct) skusOf: Load<ProductId, Sku[]>,
    @Loader(stockOfSku) stockOf: Load<SkuId, Stock>,
  ): Promise<SuppliedSku[]> {
    const skus = await skusOf(product.id);
    return Promise.all(skus.map(async (sku) => new SuppliedSku(sku, await stockOf(sku.id))));
  }
}
