import { Field, ID, InputType } from '@nestjs/graphql';
import { IsInt, Max, Min } from 'class-validator';
import { IsId, Minor, Reason, RepeatableInput } from '#common';
import { SKU_PRICE_MINOR_MAX } from '../products/product.limits.js';
import type { SkuId } from '../products/sku.entity.js';

@InputType({ description: 'Another price.' })
export class SkuPriceSetInput extends RepeatableInput {
  @IsId('sku')
  @Field(() => ID, { description: 'Of which SKU.' })
  skuId: SkuId;

  @IsInt()
  @Min(0)
  @Max(SKU_PRICE_MINOR_MAX)
  @Field(() => Minor, {
    description: `What a unit costs alone from now on, in minor units, 0 to ${SKU_PRICE_MINOR_MAX}.`,
  })
  priceMinor: number;

  @Reason()
  reason: string;
}
