import type { EntityManager } from 'typeorm';
import { notFound } from '#common';
import type { UserId } from '#identity';
import { Image, type ImageId } from './image.entity.js';

/**
 * Somebody's own image, locked, so that its status stays what it is until the transaction ends.
 *
 * @throws RequestError NOT_FOUND if there is none or it is somebody else's
 */
export async function lockOwnImage(db: EntityManager, ownerId: UserId, id: ImageId): Promise<Image> {
  const image = await lockImage(db, id);
  if (image?.ownerId !== ownerId) throw notFound('input.imageId');
  return image;
}

export function lockImage(db: EntityManager, id: ImageId): Promise<Image | null> {
  return db.findOne(Image, { where: { id }, lock: { mode: 'pessimistic_write' } });
}
