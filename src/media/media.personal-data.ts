import { Injectable } from '@nestjs/common';
import { type EntityManager, In, MoreThan } from 'typeorm';
import {
  groupInOrder,
  type Holding,
  pagesOf,
  type PersonalRecord,
  PERSONAL_PAGE,
  PersonalData,
  PersonalDataHolders,
} from '#common';
import type { UserId } from '#identity';
import { Avatar } from './avatar.entity.js';
import { Image } from './image.entity.js';
import { ImageRendition } from './image-rendition.entity.js';
import { ImageUrls } from './image-urls.js';
import { renditionKey } from './image.keys.js';
import { ImagesService } from './images.service.js';

/** What somebody has uploaded, and which of it stands for them. */
@Injectable()
export class MediaPersonalData extends PersonalData {
  override readonly holdings: readonly Holding[] = [
    {
      category: 'IMAGES',
      what: { zh: '您上传的图片和头像。', en: 'The pictures that you have uploaded, and your avatar.' },
      columns: ['image.owner_id', 'avatar.user_id', 'avatar.image_id'],
      purpose: 'ACCOUNT',
      basis: 'CONTRACT',
      kept: {
        zh: '保存至您删除图片或注销账号。',
        en: 'Until you delete them or erase your account.',
      },
      correctedBy: 'imageDelete',
      countSql: "SELECT COUNT(*) FROM image WHERE owner_id = ? AND status <> 'DELETED'",
    },
  ];

  constructor(
    holders: PersonalDataHolders,
    private readonly images: ImagesService,
    private readonly urls: ImageUrls,
  ) {
    super(holders);
  }

  override async *records(db: EntityManager, ownerId: UserId): AsyncGenerator<PersonalRecord> {
    const avatar = await db.findOneBy(Avatar, { userId: ownerId });
    const pages = pagesOf<Image>((after) =>
      db.find(Image, {
        where: { ownerId, ...(after && { id: MoreThan(after.id) }) },
        order: { id: 'ASC' },
        take: PERSONAL_PAGE,
      }),
    );
    for await (const images of pages) {
      const ids = images.map(({ id }) => id);
      const made = await db.find(ImageRendition, {
        where: { imageId: In(ids) },
        order: { width: 'ASC', format: 'ASC' },
      });
      const madeOf = groupInOrder(ids, made, ({ imageId }) => imageId);
      for (const [index, { id, purpose, status, startedAt }] of images.entries()) {
        if (status === 'DELETED') continue; // Nothing is left of it but its number.
        const urls = (madeOf[index] ?? []).map((rendition) => this.urls.urlOf(renditionKey(rendition)));
        yield { category: 'IMAGES', data: { id, purpose, status, startedAt, isAvatar: avatar?.imageId === id, urls } };
      }
    }
  }

  /** As if the person had deleted each; the files are removed by the jobs of that. */
  override async eraseSome(db: EntityManager, ownerId: UserId): Promise<string | null> {
    return (await this.images.deleteSome(db, ownerId)) === PERSONAL_PAGE ? 'more' : null;
  }
}
