import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Product } from '../products/product.entity.js';
import { Sku } from '../products/sku.entity.js';
import type { Stock } from '../stock/stock.entity.js';

@ObjectType({ description: 'A variant of a product and its stock, as the supplier sees it.' })
export class SuppliedSku {
  @Field(() => Sku, { description: 'What buyers see of it, with the price for buying alone.' })
  readonly sku: Sku;

  @Field(() => Int, { description: 'Units that can be bought now.' })
  readonly onHand: number;

  @Field(() => Int, { description: 'Units that are held for unpaid orders and for teams that are still forming.' })
  readonly reserved: number;

  @Field(() => Int, { description: 'Units that are sold, since the beginning.' })
  readonly sold: number;

  constructor(sku: Sku, { onHand, reserved, sold }: Stock) {
    this.sku = sku;
    this.onHand = onHand;
    this.reserved = reserved;
    this.sold = sold;
  }
}

@ObjectType({ description: 'A product as its supplier sees it.' })
export class SuppliedProduct {
  @Field(() => Product, { description: 'What buyers see of it.' })
  readonly product: Product;

  constructor(product: Product) {
    this.product = product;
  }
}
