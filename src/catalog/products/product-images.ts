import { type EntityManager, In } from 'typeorm';
import { refuse } from '#common';
import { type ImageId, ImageNotUsable, type ImagesService } from '#media';
import type { ProductId } from './product.entity.js';
import { ProductImage } from './product-image.entity.js';

/** The pictures that a product shows, in order. */
export async function imageIdsOf(db: EntityManager, productId: ProductId): Promise<ImageId[]> {
  const placed = await db.find(ProductImage, { where: { productId }, order: { position: 'ASC' } });
  return placed.map(({ imageId }) => imageId);
}

/**
 * Lets a product show these pictures and no others; those that it does not show any more are deleted. The product is locked by the caller.
 *
 * @throws Refused with ImageNotUsable for one that is not READY, not for PRODUCT, or shown by another product
 */
export async function showImages(
  db: EntityManager,
  images: ImagesService,
  productId: ProductId,
  { before, after }: { readonly before: readonly ImageId[]; readonly after: readonly ImageId[] },
): Promise<void> {
  await images.holdForProduct(db, after);
  const shown = await db.findBy(ProductImage, { imageId: In(after) });
  if (shown.some((image) => image.productId !== productId)) refuse(new ImageNotUsable());
  await db.delete(ProductImage, { productId });
  const placed = after.map((imageId, position) => ({ imageId, productId, position }));
  if (placed.length > 0) await db.insert(ProductImage, placed);
  await images.deleteOfProduct(
    db,
    before.filter((id) => !after.includes(id)),
  );
}
