import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type FindOptionsWhere, In, LessThan, MoreThan, Not } from 'typeorm';
import {
  decodeIdCursor,
  MachineClock,
  move,
  notFound,
  type Page,
  type PageArgs,
  pageOf,
  PERSONAL_PAGE,
  refuse,
  RequestError,
  Transactor,
} from '#common';
import type { UserId } from '#identity';
import { Jobs, sweep, SWEEP_PAGE } from '#jobs';
import { Avatar } from './avatar.entity.js';
import { Image, type ImageId, type ImageStatus } from './image.entity.js';
import { ImageRendition } from './image-rendition.entity.js';
import { removeImageObjects } from './image.jobs.js';
import { lockImage, lockOwnImage } from './image.queries.js';
import { ImageNotUsable } from './image.refusals.js';
import { imageLife, overdueEnd } from './image.rules.js';

const KEPT = {
  zh: '该图片是售后凭证，须依法保存，不能删除。',
  en: 'This image is evidence of a trade, which the law wants to be kept. It cannot be deleted.',
};

const LIVE: readonly ImageStatus[] = ['PENDING', 'PROCESSING', 'READY'];

/** What may become of an image besides being shown. */
@Injectable()
export class ImagesService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly machine: MachineClock,
    private readonly jobs: Jobs,
  ) {}

  /** @throws RequestError NOT_FOUND if it is somebody else's or deleted */
  async own(ownerId: UserId, id: ImageId): Promise<Image> {
    const image = await this.source.manager.findOneBy(Image, { id, ownerId, status: Not('DELETED') });
    if (!image) throw notFound('id');
    return image;
  }

  /** What somebody has uploaded and not deleted, newest first. */
  async ownedBy(ownerId: UserId, { first, after }: PageArgs): Promise<Page<Image>> {
    const last = decodeIdCursor(after, 'image');
    const where: FindOptionsWhere<Image> = { ownerId, status: Not('DELETED'), ...(last ? { id: LessThan(last) } : {}) };
    const rows = await this.source.manager.find(Image, { where, order: { id: 'DESC' }, take: first + 1 });
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /**
   * Deletes an image, wherever it has come to; its files are gone from the storage soon after. Deleting again, or what has ended
   * otherwise, changes nothing.
   *
   * @throws RequestError NOT_FOUND, or CONFLICT if it is kept as evidence
   */
  delete(ownerId: UserId, id: ImageId): Promise<Image> {
    return this.transactor.run(async (db) => {
      const image = await lockOwnImage(db, ownerId, id);
      if (image.isKept) throw new RequestError('CONFLICT', KEPT);
      if (!imageLife.isTerminal(image.status)) await this.#delete(db, image);
      return image;
    });
  }

  /** @throws RequestError NOT_FOUND if it is no picture of goods, or deleted */
  async ofProducts(id: ImageId): Promise<Image> {
    const image = await this.source.manager.findOneBy(Image, { id, purpose: 'PRODUCT', status: Not('DELETED') });
    if (!image) throw notFound('id');
    return image;
  }

  /**
   * Makes sure that pictures of goods can be shown, and holds them until the caller's transaction ends.
   *
   * @throws Refused with ImageNotUsable
   */
  async holdForProduct(db: EntityManager, ids: readonly ImageId[]): Promise<void> {
    const where = { id: In(ids), purpose: 'PRODUCT', status: 'READY' } as const;
    const images = await db.find(Image, { where, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } });
    if (images.length !== ids.length) refuse(new ImageNotUsable());
  }

  /**
   * Keeps photos of what is wrong with goods, which one person has uploaded for that and which can be shown, and holds them until the caller's
   * transaction ends.
   *
   * @throws Refused with ImageNotUsable if one cannot be shown, is somebody else's, or is kept already
   */
  async keepEvidence(db: EntityManager, ownerId: UserId, ids: readonly ImageId[]): Promise<void> {
    if (ids.length === 0) return;
    const where = { id: In(ids), ownerId, purpose: 'AFTER_SALE', status: 'READY', isKept: false } as const;
    const images = await db.find(Image, { where, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } });
    if (images.length !== ids.length) refuse(new ImageNotUsable());
    await db.update(Image, { id: In(ids) }, { isKept: true });
  }

  /** Deletes evidence that need not be kept any more, as part of the caller's transaction. */
  async deleteEvidence(db: EntityManager, ids: readonly ImageId[]): Promise<void> {
    if (ids.length === 0) return;
    await db.update(Image, { id: In(ids) }, { isKept: false });
    await this.#deleteThose(db, { id: In(ids) }, ids.length);
  }

  /** Deletes pictures of goods that no product shows any more, as part of the caller's transaction. */
  async deleteOfProduct(db: EntityManager, ids: readonly ImageId[]): Promise<void> {
    await this.#deleteThose(db, { id: In(ids) }, ids.length);
  }

  /** Deletes images of somebody, as part of the caller's transaction: a page of those that have not ended and are not kept. Returns how many. */
  deleteSome(db: EntityManager, ownerId: UserId): Promise<number> {
    return this.#deleteThose(db, { ownerId, isKept: false }, PERSONAL_PAGE);
  }

  /** Ends what nobody goes on with: uploads that were never reported, and files that could not be processed. */
  async endOverdue(): Promise<void> {
    await sweep<Image>(
      (after) => this.#open(after),
      (image) => (overdueEnd(image, this.machine.now()) ? this.#endIfOverdue(image.id) : Promise.resolve()),
    );
  }

  #open(after: Image | null): Promise<Image[]> {
    const where = { status: In(['PENDING', 'PROCESSING']), ...(after ? { id: MoreThan(after.id) } : {}) };
    return this.source.manager.find(Image, { where, order: { id: 'ASC' }, take: SWEEP_PAGE });
  }

  #endIfOverdue(id: ImageId): Promise<void> {
    return this.transactor.run(async (db) => {
      const image = await lockImage(db, id);
      const end = image && overdueEnd(image, this.machine.now());
      if (end) await this.#end(db, image, end, end === 'REFUSED' ? { problem: 'UNPROCESSED' } : {});
    });
  }

  async #deleteThose(db: EntityManager, which: FindOptionsWhere<Image>, take: number): Promise<number> {
    const where = { ...which, status: In(LIVE) };
    const images = await db.find(Image, { where, take, lock: { mode: 'pessimistic_write' } });
    for (const image of images) await this.#delete(db, image);
    return images.length;
  }

  async #delete(db: EntityManager, image: Image): Promise<void> {
    await db.delete(Avatar, { imageId: image.id });
    await db.delete(ImageRendition, { imageId: image.id });
    await this.#end(db, image, 'DELETED', { width: null, height: null, blurhash: null });
  }

  async #end(db: EntityManager, image: Image, to: ImageStatus, set: Partial<Image>): Promise<void> {
    await move(db, Image, imageLife, image, to, set);
    await this.jobs.enqueue(db, removeImageObjects, { imageId: image.id });
  }
}
