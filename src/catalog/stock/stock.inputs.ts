import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min, NotEquals, ValidateNested } from 'class-validator';
import { IsId, Reason, RepeatableInput, type Texts } from '#common';
import type { SkuId } from '../products/sku.entity.js';
import { SkuBatchInput } from './sku-batch.inputs.js';
import { STOCK_CHANGE_UNITS_MAX } from './stock.limits.js';

const NOT_NOTHING = { zh: '不能为零。', en: 'Must not be nothing.' } satisfies Texts;

@InputType({ description: 'Goods that have come in.' })
export class StockReceiveInput extends RepeatableInput {
  @IsId('sku')
  @Field(() => ID, { description: 'Of which SKU.' })
  skuId: SkuId;

  @IsInt()
  @Min(1)
  @Max(STOCK_CHANGE_UNITS_MAX)
  @Field(() => Int, { description: `How many units, 1 to ${STOCK_CHANGE_UNITS_MAX}.` })
  units: number;

  @IsOptional()
  @Type(() => SkuBatchInput)
  @ValidateNested()
  @Field(() => SkuBatchInput, {
    nullable: true,
    description: 'The batch in which they were made, if it is to be known of them.',
  })
  batch?: SkuBatchInput | null;

  @Reason()
  reason: string;
}

@InputType({ description: 'What a count has found.' })
export class StockAdjustInput extends RepeatableInput {
  @IsId('sku')
  @Field(() => ID, { description: 'Of which SKU.' })
  skuId: SkuId;

  @NotEquals(0, { context: NOT_NOTHING })
  @IsInt()
  @Min(-STOCK_CHANGE_UNITS_MAX)
  @Max(STOCK_CHANGE_UNITS_MAX)
  @Field(() => Int, {
    description: `How many units there are more than the shop thought, or fewer if below zero; -${STOCK_CHANGE_UNITS_MAX} to ${STOCK_CHANGE_UNITS_MAX}. A difference, because sales go on while one counts.`,
  })
  units: number;

  @Reason()
  reason: string;
}
