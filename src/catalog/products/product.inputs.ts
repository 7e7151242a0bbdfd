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
  MaxDate,
  Min,
  MinDate,
  ValidateNested,
} from 'class-validator';
import { IsId, MaxCharacters, Reason, RepeatableInput, type Texts } from '#common';
import type { ImageId } from '#media';
import type { CategoryId } from '../categories/category.entity.js';
import { LEGIBLE } from '../legible.js';
import type { SupplierId } from '../suppliers/supplier.entity.js';
import type { ProductId } from './product.entity.js';
import {
  DESCRIPTION_CHARACTERS_MAX,
  OPTION_CHARACTERS_MAX,
  OPTION_VALUES_MAX,
  OPTIONS_MAX,
  PRODUCT_IMAGES_MAX,
  PRODUCT_NAME_CHARACTERS_MAX,
  SALE_EARLIEST_AT,
  SALE_LATEST_AT,
} from './product.limits.js';
import { ReturnRule } from './return-rule.js';

const YEARS = { zh: '必须在 2000 年至 2099 年之间。', en: 'Must lie in the years from 2000 to 2099.' } satisfies Texts;
const ONCE = { zh: '每项只能出现一次。', en: 'Each may be there once.' } satisfies Texts;

@InputType({ description: 'One way in which the variants of a product differ.' })
export class ProductOptionInput {
  @Matches(...LEGIBLE)
  @MaxCharacters(OPTION_CHARACTERS_MAX)
  @Field(() => String, { description: `What it is called, at most ${OPTION_CHARACTERS_MAX} characters.` })
  name: string;

  @Matches(LEGIBLE[0], { ...LEGIBLE[1], each: true })
  @MaxCharacters(OPTION_CHARACTERS_MAX, { each: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(OPTION_VALUES_MAX)
  @Field(() => [String], {
    description: `What can be chosen, 1 to ${OPTION_VALUES_MAX} different values of at most ${OPTION_CHARACTERS_MAX} characters.`,
  })
  values: string[];
}

/** All that a product says, and why. */
@InputType({ isAbstract: true })
abstract class ProductContentsInput extends RepeatableInput {
  @Matches(...LEGIBLE)
  @MaxCharacters(PRODUCT_NAME_CHARACTERS_MAX)
  @Field(() => String, { description: `What it is called, at most ${PRODUCT_NAME_CHARACTERS_MAX} characters.` })
  name: string;

  @IsId('category')
  @Field(() => ID, { description: 'The category in which it stands.' })
  categoryId: CategoryId;

  @MaxCharacters(DESCRIPTION_CHARACTERS_MAX)
  @Field(() => String, {
    description: `What a buyer should know, as plain text, at most ${DESCRIPTION_CHARACTERS_MAX} characters.`,
  })
  description: string;

  @Type(() => ProductOptionInput)
  @ValidateNested({ each: true })
  @ArrayMaxSize(OPTIONS_MAX)
  @Field(() => [ProductOptionInput], {
    description: `In what its variants differ, at most ${OPTIONS_MAX} options; none if there is only one variant.`,
  })
  options: ProductOptionInput[];

  @IsIn(Object.values(ReturnRule))
  @Field(() => ReturnRule, { description: 'Whether it may be sent back without a reason.' })
  returnRule: ReturnRule;

  @IsId('image', { each: true })
  @ArrayUnique({ context: ONCE })
  @ArrayMaxSize(PRODUCT_IMAGES_MAX)
  @Field(() => [ID], {
    description: `Its pictures in order, at most ${PRODUCT_IMAGES_MAX}, the cover first: READY ones for PRODUCT that no other product shows. One that is left out is deleted.`,
  })
  imageIds: ImageId[];

  @IsOptional()
  @MinDate(SALE_EARLIEST_AT, { context: YEARS })
  @MaxDate(SALE_LATEST_AT, { context: YEARS })
  @Field(() => Date, {
    nullable: true,
    description: 'When it goes on sale by itself; null if it does not. A time that is over means at once.',
  })
  saleFrom?: Date | null;

  @IsOptional()
  @MinDate(SALE_EARLIEST_AT, { context: YEARS })
  @MaxDate(SALE_LATEST_AT, { context: YEARS })
  @Field(() => Date, {
    nullable: true,
    description: 'From when it cannot be bought any more, later than `saleFrom`; null if no end is set.',
  })
  saleUntil?: Date | null;

  @Reason()
  reason: string;
}

@InputType({ description: 'A new product.' })
export class ProductAddInput extends ProductContentsInput {
  @IsId('supplier')
  @Field(() => ID, { description: 'Who sells and ships it; that is never changed.' })
  supplierId: SupplierId;
}

@InputType({ description: 'What a product is to say, all of it.' })
export class ProductChangeInput extends ProductContentsInput {
  @IsId('product')
  @Field(() => ID, { description: 'Which product.' })
  productId: ProductId;

  @IsInt()
  @Min(1)
  @Field(() => Int, {
    description:
      'The `revision` that was looked at: if somebody else has changed the product since, nothing is changed.',
  })
  revision: number;
}
