import { Field, ID, InputType, registerEnumType } from '@nestjs/graphql';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Min } from 'class-validator';
import { IsId, MaxCharacters, Minor } from '#common';
import type { CategoryId } from '../categories/category.entity.js';
import type { SupplierId } from '../suppliers/supplier.entity.js';

export const SEARCH_CHARACTERS_MAX = 60;

export const ProductOrder = {
  RELEVANCE: 'RELEVANCE',
  PRICE_UP: 'PRICE_UP',
  PRICE_DOWN: 'PRICE_DOWN',
  NEWEST: 'NEWEST',
} as const;
export type ProductOrder = keyof typeof ProductOrder;
registerEnumType(ProductOrder, {
  name: 'ProductOrder',
  description: 'In which order products are listed.',
  valuesMap: {
    RELEVANCE: { description: 'What fits best comes first; of what fits alike, what sells better.' },
    PRICE_UP: { description: 'The cheapest first, by the cheapest variant.' },
    PRICE_DOWN: { description: 'The dearest first, by the cheapest variant.' },
    NEWEST: { description: 'What was added last comes first.' },
  },
});

@InputType({ description: 'What somebody is looking for.' })
export class ProductSearchInput {
  @IsString()
  @MaxCharacters(SEARCH_CHARACTERS_MAX)
  @Field(() => String, {
    description: `Words in Chinese or English, or pinyin without tones; at most ${SEARCH_CHARACTERS_MAX} characters.`,
  })
  text: string;

  @IsOptional()
  @IsId('category')
  @Field(() => ID, { nullable: true, description: 'Only this category and those below it.' })
  categoryId?: CategoryId | null;

  @IsOptional()
  @IsId('supplier')
  @Field(() => ID, { nullable: true, description: 'Only what this supplier sells.' })
  supplierId?: SupplierId | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Field(() => Minor, {
    nullable: true,
    description: 'Only from this price on, in minor units, by the cheapest variant.',
  })
  priceFromMinor?: number | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Field(() => Minor, {
    nullable: true,
    description: 'Only up to this price, in minor units, by the cheapest variant.',
  })
  priceToMinor?: number | null;

  @IsBoolean()
  @Field(() => Boolean, { defaultValue: false, description: 'Only what can be had now.' })
  inStock: boolean;

  @IsIn(Object.values(ProductOrder))
  @Field(() => ProductOrder, { defaultValue: ProductOrder.RELEVANCE, description: 'In which order.' })
  order: ProductOrder;
}
