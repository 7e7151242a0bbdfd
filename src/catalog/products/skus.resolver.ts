import { UseInterceptors } from '@nestjs/common';
import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Load, Loader, RefusalsAsResults } from '#common';
import { Allow, CurrentStaff, type StaffViewer } from '#identity';
import { Product, type ProductId } from './product.entity.js';
import { productById } from './product.loaders.js';
import { SkuAddResult, SkuChangeResult } from './product.refusals.js';
import { Sku } from './sku.entity.js';
import { SkuAddInput, SkuChangeInput } from './sku.inputs.js';
import { SkusService } from './skus.service.js';

@Resolver(() => Sku)
@UseInterceptors(RefusalsAsResults)
export class SkusResolver {
  constructor(private readonly service: SkusService) {}

  @Allow('CATALOG')
  @Mutation(() => SkuAddResult, { description: 'Make a SKU of a product, without stock. For CATALOG.' })
  skuAdd(
    @CurrentStaff() { id }: StaffViewer,
    @Args('input', { description: 'Of which product, what it says, and why.' }) input: SkuAddInput,
  ): Promise<Sku> {
    return this.service.addOnce(id, input);
  }

  @Allow('CATALOG')
  @Mutation(() => SkuChangeResult, { description: 'Let a SKU say other things, or retire it. For CATALOG.' })
  skuChange(
    @CurrentStaff() { id }: StaffViewer,
    @Args('input', { description: 'Which one, all that it is to say, and why.' }) input: SkuChangeInput,
  ): Promise<Sku> {
    return this.service.changeOnce(id, input);
  }

  @ResolveField(() => Product, { description: 'The product that it is a variant of.' })
  product(@Parent() sku: Sku, @Loader(productById) load: Load<ProductId, Product>): Promise<Product> {
    return load(sku.productId);
  }
}
