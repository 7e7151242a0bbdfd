import type { EntityManager } from 'typeorm';
import { isId, notFound } from '#common';
import { lockAccount, Staff, type StaffId, type UserId } from '#identity';
import { Image, type ImageId } from './image.entity.js';

/** Who has uploaded an image: a buyer their own, one of the staff for the shop. */
export type UploaderId = UserId | StaffId;

/** The column that says whose an image is, and its value. */
export function ofUploader(id: UploaderId): { readonly staffId: StaffId } | { readonly ownerId: UserId } {
  return isId('staff', id) ? { staffId: id } : { ownerId: id };
}

/**
 * An image that somebody has uploaded, locked, so that its status stays what it is until the transaction ends.
 *
 * @throws RequestError NOT_FOUND if there is none or it is somebody else's
 */
export async function lockOwnImage(db: EntityManager, uploaderId: UploaderId, id: ImageId): Promise<Image> {
  const image = await lockImage(db, id);
  if (!image || (image.ownerId ?? image.staffId) !== uploaderId) throw notFound('input.imageId');
  return image;
}

export function lockImage(db: EntityManager, id: ImageId): Promise<Image | null> {
  return db.findOne(Image, { where: { id }, lock: { mode: 'pessimistic_write' } });
}

/**
 * Locks whoever uploads, so that what they have begun is counted one by one.
 *
 * @throws RequestError UNAUTHENTICATED if it is a buyer whose account is being erased
 */
export async function lockUploader(db: EntityManager, id: UploaderId): Promise<void> {
  if (isId('staff', id)) {
    await db.findOneOrFail(Staff, { select: { id: true }, where: { id }, lock: { mode: 'pessimistic_write' } });
  } else {
    await lockAccount(db, id);
  }
}
