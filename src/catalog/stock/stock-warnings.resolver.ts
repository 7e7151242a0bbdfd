import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { connectionOf, type Load, Loader, type Page, PageArgs } from '#common';
import { Allow, CurrentSupplierId } from '#identity';
import { skuById } from '../products/product.loaders.js';
import { Sku, type SkuId } from '../products/sku.entity.js';
import type { SupplierId } from '../suppliers/supplier.entity.js';
import { StockWarning } from './stock-warning.entity.js';
import { StockWarningsService } from './stock-warnings.service.js';

const StockWarningConnection = connectionOf(StockWarning);

@Resolver(() => StockWarning)
export class StockWarningsResolver {
  constructor(private readonly warnings: StockWarningsService) {}

  @Allow('CATALOG')
  @Query(() => StockWarningConnection, { description: 'The SKUs of which little is left, newest first. For CATALOG.' })
  stockWarnings(@Args() page: PageArgs): Promise<Page<StockWarning>> {
    return this.warnings.page(null, page);
  }

  @Allow('SUPPLIER')
  @Query(() => StockWarningConnection, {
    description: 'The SKUs of the supplier that one works for of which little is left, newest first. For SUPPLIER.',
  })
  suppliedStockWarnings(@CurrentSupplierId() id: SupplierId, @Args() page: PageArgs): Promise<Page<StockWarning>> {
    return this.warnings.page(id, page);
  }

  @ResolveField(() => Sku, { description: 'What runs out.' })
  sku(@Parent() { skuId }: StockWarning, @Loader(skuById) load: Load<SkuId, Sku>): Promise<Sku> {
    return load(skuId);
  }
}
