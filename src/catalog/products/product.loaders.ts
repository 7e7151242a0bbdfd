import { In } from 'typeorm';
import { defineLoader, groupInOrder, oneInOrder } from '#common';
import { Image, type ImageId } from '#media';
import { Product, type ProductId } from './product.entity.js';
import { ProductImage } from './product-image.entity.js';
import { Sku, type SkuId } from './sku.entity.js';

export const productById = defineLoader(async (db, ids: readonly ProductId[]) =>
  oneInOrder(ids, await db.findBy(Product, { id: In(ids) }), ({ id }) => id),
);

export const skuById = defineLoader(async (db, ids: readonly SkuId[]) =>
  oneInOrder(ids, await db.findBy(Sku, { id: In(ids) }), ({ id }) => id),
);

export const skusOfProduct = defineLoader(async (db, ids: readonly ProductId[]) => {
  const skus = await db.find(Sku, { where: { productId: In(ids) }, order: { id: 'ASC' } });
  return groupInOrder(ids, skus, ({ productId }) => productId);
});

/** The pictures of each product, in order; the first is its cover. */
export const imagesOfProduct = defineLoader(async (db, ids: readonly ProductId[]) => {
  const placed = await db.find(ProductImage, { where: { productId: In(ids) }, order: { position: 'ASC' } });
  const images = await db.findBy(Image, { id: In(placed.map(({ imageId }) => imageId)) });
  const byId = new Map<ImageId, Image>(images.map((image) => [image.id, image]));
  return groupInOrder(ids, placed, ({ productId }) => productId).map((own) =>
    own.flatMap(({ imageId }) => byId.get(imageId) ?? []),
  );
});
