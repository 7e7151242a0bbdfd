import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsId, MaxCharacters, Minor, Reason, RepeatableInput, type Texts } from '#common';
import type { ProductId } from '../products/product.entity.js';
import type { SkuId } from '../products/sku.entity.js';
import type { SupplierId } from '../suppliers/supplier.entity.js';
import {
  FEE_MINOR_MAX,
  FREE_FROM_MINOR_MAX,
  NAME_CHARACTERS_MAX,
  PRODUCTS_MAX,
  RULES_MAX,
  STEP_GRAMS_MIN,
  WEIGHT_GRAMS_MAX,
  WEIGHTS_MAX,
} from './freight.limits.js';
import type { FreightTemplateId } from './freight-template.entity.js';
import { type Region, REGION_CODES } from './region.rules.js';

const REGION: Texts = {
  zh: '必须是省级行政区划代码的前两位数字。',
  en: 'Must be the two digits of a province of mainland China.',
};
const NAMED: Texts = { zh: '请填写名称。', en: 'Must have a name.' };
const ONCE: Texts = { zh: '每项只能出现一次。', en: 'Must name each only once.' };

@InputType({ description: 'What sending goods costs by weight.' })
export class FreightChargeInput {
  @IsInt()
  @Min(1)
  @Max(WEIGHT_GRAMS_MAX)
  @Field(() => Int, {
    description: `Up to which weight only the first fee is charged, 1 to ${WEIGHT_GRAMS_MAX} grams.`,
  })
  firstGrams: number;

  @IsInt()
  @Min(0)
  @Max(FEE_MINOR_MAX)
  @Field(() => Minor, { description: `The fee for the first weight, in minor units, 0 to ${FEE_MINOR_MAX}.` })
  firstMinor: number;

  @IsInt()
  @Min(STEP_GRAMS_MIN)
  @Max(WEIGHT_GRAMS_MAX)
  @Field(() => Int, {
    description: `The further weight that each further fee is for, ${STEP_GRAMS_MIN} to ${WEIGHT_GRAMS_MAX} grams.`,
  })
  stepGrams: number;

  @IsInt()
  @Min(0)
  @Max(FEE_MINOR_MAX)
  @Field(() => Minor, { description: `The fee for each further weight, in minor units, 0 to ${FEE_MINOR_MAX}.` })
  stepMinor: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(FREE_FROM_MINOR_MAX)
  @Field(() => Minor, {
    nullable: true,
    description:
      'From how much of the template’s goods on they are sent for nothing, in minor units; left out if never.',
  })
  freeFromMinor?: number | null;
}

@InputType({ description: 'What sending goods to some regions costs.' })
export class FreightRuleInput extends FreightChargeInput {
  @ArrayMinSize(1)
  @ArrayMaxSize(RULES_MAX)
  @IsIn(REGION_CODES, { each: true, context: REGION })
  @Field(() => [String], { description: 'Which regions, by the first two digits of their code in GB/T 2260.' })
  regions: Region[];
}

/** All that a template says, and why. */
@InputType({ isAbstract: true })
abstract class FreightTermsInput extends RepeatableInput {
  @Matches(/\S/, { context: NAMED })
  @MaxCharacters(NAME_CHARACTERS_MAX)
  @Field(() => String, { description: `What it is called; buyers read it. 1 to ${NAME_CHARACTERS_MAX} characters.` })
  name: string;

  @Type(() => FreightRuleInput)
  @ValidateNested({ each: true })
  @ArrayMaxSize(RULES_MAX)
  @Field(() => [FreightRuleInput], { description: 'What sending to some regions costs; each region at most once.' })
  rules: FreightRuleInput[];

  @IsOptional()
  @Type(() => FreightChargeInput)
  @ValidateNested()
  @Field(() => FreightChargeInput, {
    nullable: true,
    description: 'What sending anywhere else costs; left out if nothing is sent there.',
  })
  elsewhere?: FreightChargeInput | null;

  @ArrayMaxSize(RULES_MAX)
  @IsIn(REGION_CODES, { each: true, context: REGION })
  @Field(() => [String], { description: 'Regions that nothing is sent to.' })
  notDelivered: Region[];

  @Reason()
  reason: string;
}

@InputType({ description: 'A new freight template.' })
export class FreightTemplateAddInput extends FreightTermsInput {
  @IsId('supplier')
  @Field(() => ID, { description: 'Whose goods it is for.' })
  supplierId: SupplierId;
}

@InputType({ description: 'What a freight template says from now on, all of it; orders keep what they were charged.' })
export class FreightTemplateChangeInput extends FreightTermsInput {
  @IsId('freight')
  @Field(() => ID, { description: 'Which template.' })
  templateId: FreightTemplateId;

  @IsInt()
  @Min(1)
  @Field(() => Int, {
    description: 'The `revision` that was looked at: if somebody else has changed it since, nothing is changed.',
  })
  revision: number;
}

@InputType({ description: 'What a unit of a SKU weighs.' })
export class SkuWeightInput {
  @IsId('sku')
  @Field(() => ID, { description: 'Which SKU.' })
  skuId: SkuId;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(WEIGHT_GRAMS_MAX)
  @Field(() => Int, {
    nullable: true,
    description: `With its packing, 1 to ${WEIGHT_GRAMS_MAX} grams; left out if it weighs nothing for freight.`,
  })
  weightGrams?: number | null;
}

@InputType({ description: 'How products are sent.' })
export class ProductsFreightSetInput {
  @IsId('product', { each: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(PRODUCTS_MAX)
  @ArrayUnique({ context: ONCE })
  @Field(() => [ID], { description: `1 to ${PRODUCTS_MAX} products, each once.` })
  productIds: ProductId[];

  @IsOptional()
  @IsId('freight')
  @Field(() => ID, {
    nullable: true,
    description: 'The freight template, of the products’ own supplier; left out if they are sent for nothing.',
  })
  templateId?: FreightTemplateId | null;

  @Type(() => SkuWeightInput)
  @ValidateNested({ each: true })
  @ArrayMaxSize(WEIGHTS_MAX)
  @ArrayUnique(({ skuId }: SkuWeightInput) => skuId, { context: ONCE })
  @Field(() => [SkuWeightInput], {
    defaultValue: [],
    description: 'What SKUs of these products weigh; one that is not named keeps its weight.',
  })
  weights: SkuWeightInput[];

  @Reason()
  reason: string;
}
