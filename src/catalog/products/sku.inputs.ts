import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { ArrayMaxSize, IsBoolean, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { IsId, MaxCharacters, Minor, Reason, RepeatableInput, type Texts } from '#common';
import { LEGIBLE } from '../legible.js';
import { STOCK_UNITS_MAX } from '../stock/stock.limits.js';
import type { ProductId } from './product.entity.js';
import { OPTION_CHARACTERS_MAX, OPTIONS_MAX, SKU_CODE_CHARACTERS_MAX, SKU_PRICE_MINOR_MAX } from './product.limits.js';
import type { SkuId } from './sku.entity.js';

/** GTIN-8, 12, 13 and 14 are what stands under bar codes (GS1 General Specifications). */
const GTIN = /^(\d{8}|\d{12,14})$/;
const DIGITS = { zh: '必须是 8 位或 12 至 14 位数字。', en: 'Must be 8, or 12 to 14 digits.' } satisfies Texts;

/** What of a SKU can be changed, and why. */
@InputType({ isAbstract: true })
abstract class SkuContentsInput extends RepeatableInput {
  @IsInt()
  @Min(1)
  @Field(() => Int, {
    description:
      'The `revision` of the product that was looked at: if somebody else has changed the product or its SKUs since, nothing is changed.',
  })
  revision: number;

  @Matches(...LEGIBLE)
  @MaxCharacters(SKU_CODE_CHARACTERS_MAX)
  @Field(() => String, {
    description: `The supplier’s article number, at most ${SKU_CODE_CHARACTERS_MAX} characters; no other SKU of the shop may have it.`,
  })
  code: string;

  @IsOptional()
  @Matches(GTIN, { context: DIGITS })
  @Field(() => String, {
    nullable: true,
    description: 'The number under its bar code, 8 or 12 to 14 digits; null if it has none.',
  })
  barcode?: string | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(STOCK_UNITS_MAX)
  @Field(() => Int, {
    nullable: true,
    description: 'At so few units on hand the shop is warned; null if nobody wants to be.',
  })
  lowStockUnits?: number | null;

  @Reason()
  reason: string;
}

@InputType({ description: 'A new SKU.' })
export class SkuAddInput extends SkuContentsInput {
  @IsId('product')
  @Field(() => ID, { description: 'Of which product.' })
  productId: ProductId;

  @MaxCharacters(OPTION_CHARACTERS_MAX, { each: true })
  @ArrayMaxSize(OPTIONS_MAX)
  @Field(() => [String], {
    description: 'Its value of each of the product’s options, in their order; they are never changed.',
  })
  values: string[];

  @IsInt()
  @Min(0)
  @Max(SKU_PRICE_MINOR_MAX)
  @Field(() => Minor, { description: `What a unit costs alone, in minor units, 0 to ${SKU_PRICE_MINOR_MAX}.` })
  priceMinor: number;
}

@InputType({ description: 'What a SKU is to say, all of it; its price and its stock are changed elsewhere.' })
export class SkuChangeInput extends SkuContentsInput {
  @IsId('sku')
  @Field(() => ID, { description: 'Which SKU.' })
  skuId: SkuId;

  @IsBoolean()
  @Field(() => Boolean, { description: 'Whether it is not sold any more.' })
  isRetired: boolean;
}
