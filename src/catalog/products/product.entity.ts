import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { connectionOf, type Id, IdColumn } from '#common';
import type { CategoryId } from '../categories/category.entity.js';
import type { FreightTemplateId } from '../freight/freight-template.entity.js';
import type { SupplierId } from '../suppliers/supplier.entity.js';
import { ProductOption } from './product-option.js';
import { ReturnRule } from './return-rule.js';

export type ProductId = Id<'product'>;

export const ProductStatus = { ON_SALE: 'ON_SALE', OFF_SALE: 'OFF_SALE' } as const;
export type ProductStatus = keyof typeof ProductStatus;
registerEnumType(ProductStatus, {
  name: 'ProductStatus',
  description: 'Whether a product can be bought.',
  valuesMap: {
    ON_SALE: { description: 'It can be bought while stock lasts.' },
    OFF_SALE: { description: 'It is not sold at the moment.' },
  },
});

@ObjectType({ description: 'Something a supplier sells, in one or more variants (SKUs).' })
@Entity()
export class Product {
  @Field(() => ID, { description: 'The product’s id.' })
  @IdColumn('product')
  id: ProductId;

  @IdColumn('supplier', { primary: false, update: false })
  supplierId: SupplierId;

  @Field(() => String, { description: 'What it is called.' })
  @Column('varchar')
  name: string;

  @IdColumn('category', { primary: false })
  categoryId: CategoryId;

  @Field(() => String, { description: 'What a buyer should know, as plain text.' })
  @Column('text')
  description: string;

  @Field(() => ProductStatus, {
    description: 'Whether it can be bought. The clock turns it within seconds of `saleFrom` and `saleUntil`.',
  })
  @Column('varchar')
  status: ProductStatus;

  @Field(() => [ProductOption], { description: 'In what its variants differ; empty if there is only one.' })
  @Column('simple-json')
  options: ProductOption[];

  @Field(() => ReturnRule, { description: 'Whether it may be sent back without a reason.' })
  @Column('varchar')
  returnRule: ReturnRule;

  @Field(() => Date, {
    nullable: true,
    description: 'When it goes on sale by itself; null once it has, or if it does not.',
  })
  @Column('datetime', { precision: 3, nullable: true })
  saleFrom: Date | null;

  @Field(() => Date, { nullable: true, description: 'From when it cannot be bought any more; null if no end is set.' })
  @Column('datetime', { precision: 3, nullable: true })
  saleUntil: Date | null;

  @Field(() => Int, {
    description: 'Goes up whenever the product or its SKUs are changed: who changes it names the one looked at.',
  })
  @Column('int')
  revision: number;

  /** How sending it is charged, by a template of its own supplier; null if it is sent for nothing. */
  @IdColumn('freight', { primary: false, nullable: true })
  freightTemplateId: FreightTemplateId | null;
}

export const ProductConnection = connectionOf(Product);
