import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Currency, type Id, IdColumn, Minor, MinorColumn } from '#common';
import type { ProductId } from './product.entity.js';

export type SkuId = Id<'sku'>;

@ObjectType({ description: 'One variant of a product: what is priced, stocked and bought.' })
@Entity()
export class Sku {
  @Field(() => ID, { description: 'The SKU’s id.' })
  @IdColumn('sku')
  id: SkuId;

  @IdColumn('product', { primary: false, update: false })
  productId: ProductId;

  @Field(() => String, { description: 'The supplier’s article number.' })
  @Column('varchar')
  code: string;

  @Field(() => String, { description: 'What tells it from the product’s other variants, such as a size.' })
  @Column('varchar')
  title: string;

  @Field(() => Minor, { description: 'The price for buying alone, per unit, in minor units.' })
  @MinorColumn()
  priceMinor: number;

  @Field(() => String, { description: 'ISO 4217 code of the price’s currency.' })
  @Column('char')
  currency: Currency;
}
