import { In } from 'typeorm';
import { defineLoader, groupInOrder, oneInOrder } from '#common';
import type { UserId } from '#identity';
import { Avatar } from './avatar.entity.js';
import { Image, type ImageId } from './image.entity.js';
import { ImageRendition } from './image-rendition.entity.js';

export const imageById = defineLoader(async (db, ids: readonly ImageId[]) =>
  oneInOrder(ids, await db.findBy(Image, { id: In(ids) }), ({ id }) => id),
);

export const renditionsOfImage = defineLoader(async (db, ids: readonly ImageId[]) => {
  const renditions = await db.findBy(ImageRendition, { imageId: In(ids) });
  return groupInOrder(ids, renditions, ({ imageId }) => imageId);
});

/** The image that stands for each person; null for whoever has none. */
export const avatarOfUser = defineLoader(async (db, ids: readonly UserId[]) => {
  const avatars = await db.findBy(Avatar, { userId: In(ids) });
  const images = await db.findBy(Image, { id: In(avatars.map(({ imageId }) => imageId)) });
  const owned = new Map(images.map((image) => [image.id, image]));
  return oneInOrder(ids, avatars, ({ userId }) => userId).map(
    (avatar) => owned.get(avatar?.imageId ?? 'image_') ?? null,
  );
});
