import { UseInterceptors } from '@nestjs/common';
import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Load, Loader, RefusalsAsResults } from '#common';
import { Allow, type Caller, CurrentStaff, MaybeCaller, type StaffViewer } from '#identity';
import { mayRun, mayWorkOn } from '../callers.js';
import { productById } from '../products/product.loaders.js';
import type { Product, ProductId } from '../products/product.entity.js';
import { Sku, type SkuId } from '../products/sku.entity.js';
import { SkuPriceSetInput } from './price.inputs.js';
import { PRICES_TOLD_MAX, pricesOfSku } from './price.loaders.js';
import { PricesService } from './prices.service.js';
import { SkuPrice } from './sku-price.entity.js';

@Resolver(() => Sku)
@UseInterceptors(RefusalsAsResults)
export class SkuPricesResolver {
  constructor(private readonly prices: PricesService) {}

  @Allow('CATALOG')
  @Mutation(() => Sku, {
    description: 'Give a SKU another price from now on; what was ordered keeps its own. For CATALOG.',
  })
  skuPriceSet(
    @CurrentStaff() { id }: StaffViewer,
    @Args('input', { description: 'Which SKU, the price, and why.' }) input: SkuPriceSetInput,
  ): Promise<Sku> {
    return this.prices.setOnce(id, input);
  }

  @ResolveField(() => [SkuPrice], {
    nullable: true,
    description: `Its last ${PRICES_TOLD_MAX} prices, newest first; null for whoever is neither of CATALOG nor works for its supplier.`,
  })
  async priceHistory(
    @Parent() { id, productId }: Sku,
    @MaybeCaller() caller: Caller | null,
    @Loader(productById) productOf: Load<ProductId, Product>,
    @Loader(pricesOfSku) pricesOf: Load<SkuId, SkuPrice[]>,
  ): Promise<SkuPrice[] | null> {
    return mayWorkOn(caller, await productOf(productId)) ? pricesOf(id) : null;
  }
}

/** Who decided about a price, and why, is the shop's own affair. */
@Resolver(() => SkuPrice)
export class SkuPriceDecisionResolver {
  @ResolveField(() => String, {
    nullable: true,
    description: 'The operator’s id, or the name of the command that was run on the server; null for suppliers.',
  })
  setBy(@Parent() { setBy }: SkuPrice, @MaybeCaller() caller: Caller | null): string | null {
    return mayRun(caller) ? setBy : null;
  }

  @ResolveField(() => String, { nullable: true, description: 'Why; null for suppliers.' })
  reason(@Parent() { reason }: SkuPrice, @MaybeCaller() caller: Caller | null): string | null {
    return mayRun(caller) ? reason : null;
  }
}
