import { Column, Entity } from 'typeorm';
import { IdColumn } from '#common';
import type { ImageId } from '#media';
import type { ProductId } from './product.entity.js';

/** A picture on the page of a product, at its place. */
@Entity()
export class ProductImage {
  @IdColumn('image')
  imageId: ImageId;

  @IdColumn('product', { primary: false, update: false })
  productId: ProductId;

  @Column('int')
  position: number;
}
