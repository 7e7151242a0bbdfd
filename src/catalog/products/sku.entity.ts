import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
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

  @Field(() => String, { nullable: true, description: 'The number under its bar code (GTIN), if it has one.' })
  @Column('varchar', { nullable: true })
  barcode: string | null;

  @Field(() => String, { description: 'Its values as one text: what tells it from the product’s other variants.' })
  @Column('varchar')
  title: string;

  @Field(() => [String], { description: 'Its value of each of the product’s options, in their order.' })
  @Column({ type: 'simple-json', update: false })
  optionValues: string[];

  /** The price now; `sku_price` keeps every one that it has had. */
  @Field(() => Minor, { description: 'The price for buying alone, per unit, in minor units.' })
  @MinorColumn()
  priceMinor: number;

  @Field(() => String, { description: 'ISO 4217 code of the price’s currency.' })
  @Column('char')
  currency: Currency;

  /** At so few units on hand the shop is warned; null if nobody wants to be. */
  @Column('int', { nullable: true })
  lowStockUnits: number | null;

  @Field(() => Boolean, { description: 'Whether it is not sold any more; what was bought of it stays bought.' })
  @Column('boolean')
  isRetired: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'What a unit weighs with its packing, in grams; null if it weighs nothing for freight.',
  })
  @Column('int', { nullable: true })
  weightGrams: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many units one order may have if bought alone; null if as many as there are.',
  })
  @Column('int', { nullable: true })
  unitsPerOrder: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many units one buyer may hold or have bought alone, in all; null if as many as there are.',
  })
  @Column('int', { nullable: true })
  unitsPerBuyer: number | null;
}
