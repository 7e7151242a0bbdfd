import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Allow, CurrentStaff, type StaffViewer } from '#identity';
import { Sku } from '../products/sku.entity.js';
import { SkuLimitsSetInput } from './sku-limits.inputs.js';
import { SkuLimitsService } from './sku-limits.service.js';

@Resolver(() => Sku)
export class SkuLimitsResolver {
  constructor(private readonly limits: SkuLimitsService) {}

  @Allow('CATALOG')
  @Mutation(() => Sku, { description: 'Limit how much of a SKU may be bought alone, or lift the limits. For CATALOG.' })
  skuLimitsSet(
    @CurrentStaff() { id: by }: StaffViewer,
    @Args('input', { description: 'Which SKU, both limits, and why.' })
    { skuId, unitsPerOrder = null, unitsPerBuyer = null, reason }: SkuLimitsSetInput,
  ): Promise<Sku> {
    return this.limits.set({ skuId, unitsPerOrder, unitsPerBuyer }, { by, reason });
  }
}
