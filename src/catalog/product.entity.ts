import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { connectionOf, type Id, IdColumn } from '#common';
import type { SupplierId } from './supplier.entity.js';

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

  @Field(() => String, { description: 'The shelf it stands on.' })
  @Column('varchar')
  category: string;

  @Field(() => String, { description: 'What a buyer should know, as plain text.' })
  @Column('text')
  description: string;

  @Field(() => ProductStatus, { description: 'Whether it can be bought.' })
  @Column('varchar')
  status: ProductStatus;
}

export const ProductConnection = connectionOf(Product);
