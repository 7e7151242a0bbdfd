import { Field, ID, InputType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique } from 'class-validator';
import { IsId, Reason, type Texts } from '#common';
import type { ProductId } from '../products/product.entity.js';
import { PRODUCTS_AT_ONCE_MAX } from '../products/product.limits.js';

const ONCE = { zh: '每个商品只能出现一次。', en: 'Each product may be there once.' } satisfies Texts;

@InputType({ description: 'A decision about some products.' })
export class ProductsInput {
  @IsId('product', { each: true })
  @ArrayUnique({ context: ONCE })
  @ArrayMinSize(1)
  @ArrayMaxSize(PRODUCTS_AT_ONCE_MAX)
  @Field(() => [ID], { description: `Which products, 1 to ${PRODUCTS_AT_ONCE_MAX}.` })
  productIds: ProductId[];

  @Reason()
  reason: string;
}
