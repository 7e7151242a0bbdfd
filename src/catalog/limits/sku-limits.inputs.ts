import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsId, Reason } from '#common';
import type { SkuId } from '../products/sku.entity.js';

const UNITS_MAX = 1_000_000;

@InputType({ description: 'How much of a SKU may be bought alone.' })
export class SkuLimitsSetInput {
  @IsId('sku')
  @Field(() => ID, { description: 'Which SKU.' })
  skuId: SkuId;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(UNITS_MAX)
  @Field(() => Int, {
    nullable: true,
    description: `How many units one order may have, 1 to ${UNITS_MAX}; left out if as many as there are.`,
  })
  unitsPerOrder?: number | null;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(UNITS_MAX)
  @Field(() => Int, {
    nullable: true,
    description: `How many units one buyer may hold or have bought, 1 to ${UNITS_MAX}; left out if as many as there are.`,
  })
  unitsPerBuyer?: number | null;

  @Reason()
  reason: string;
}
