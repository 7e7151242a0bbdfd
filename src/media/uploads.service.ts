import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, MoreThan } from 'typeorm';
import { Idempotency, MachineClock, move, notFound, refuse, secondsAfter, Transactor } from '#common';
import { Jobs } from '#jobs';
import { Image, type ImageId } from './image.entity.js';
import type { ImageUploadInput } from './image.inputs.js';
import { processImage, removeImageObjects } from './image.jobs.js';
import { originalKey } from './image.keys.js';
import { UPLOAD_SECONDS } from './image.limits.js';
import { lockOwnImage, lockUploader, ofUploader, type UploaderId } from './image.queries.js';
import { ImageNotUploaded, UploadWindowOver } from './image.refusals.js';
import { canUpload, CONTENT_TYPES, imageLife, type UploadTally, whyNotUpload } from './image.rules.js';
import { type ObjectHead, ObjectStorage, type UploadForm } from './storage/object-storage.js';
import { UploadLimits } from './upload-limits.js';

const DAY_SECONDS = 86_400;

/** How files come in: a form for exactly one file, and the word that it has arrived. Nothing of a file is looked at here. */
@Injectable()
export class UploadsService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly idempotency: Idempotency,
    private readonly machine: MachineClock,
    private readonly jobs: Jobs,
    private readonly storage: ObjectStorage,
    private readonly limits: UploadLimits,
  ) {}

  /**
   * Begins an upload. Its form is `formOf` the answer.
   *
   * @throws Refused with TooManyAttempts, ImageTooLarge, TooManyUploads or TooManyOpenUploads; RequestError UNAUTHENTICATED if the account is being erased
   */
  async start(uploaderId: UploaderId, input: ImageUploadInput): Promise<Image> {
    const { purpose, type, sizeBytes, idempotencyKey } = input;
    await this.limits.countStep(uploaderId);
    const attempt = { actorId: uploaderId, key: idempotencyKey, input: { purpose, type, sizeBytes } };
    return this.idempotency.once(Image, attempt, async (db, id) => {
      const now = this.machine.now();
      const why = whyNotUpload(input, await tallyOf(db, uploaderId, now));
      if (why) refuse(why);
      const image = db.create(Image, {
        ...{ id, ownerId: null, staffId: null, ...ofUploader(uploaderId) },
        ...{ purpose, type, sizeBytes, status: 'PENDING', problem: null },
        ...{ width: null, height: null, blurhash: null },
        ...{ startedAt: now, uploadUntil: secondsAfter(now, UPLOAD_SECONDS), uploadedAt: null },
        isKept: false,
      });
      await db.insert(Image, image);
      return image;
    });
  }

  /** How the file is uploaded, the same however often it is asked for; null once it cannot be any more. */
  formOf(image: Image): UploadForm | null {
    if (!canUpload(image, this.machine.now())) return null;
    const { id, type, sizeBytes, startedAt, uploadUntil } = image;
    return this.storage.presignPost({
      ...{ key: originalKey(id), contentType: CONTENT_TYPES[type], sizeBytes },
      ...{ startsAt: startedAt, endsAt: uploadUntil },
    });
  }

  /**
   * Hears that the file has arrived, and has it looked at. Saying so again gives the image as it stands.
   *
   * @throws Refused with TooManyAttempts, ImageNotUploaded or UploadWindowOver; RequestError NOT_FOUND; StorageError
   */
  async complete(uploaderId: UploaderId, imageId: ImageId): Promise<Image> {
    await this.limits.countStep(uploaderId);
    const image = await this.source.manager.findOneBy(Image, { id: imageId, ...ofUploader(uploaderId) });
    if (!image || image.status === 'DELETED') throw notFound('input.imageId');
    if (image.status === 'EXPIRED') refuse(new UploadWindowOver());
    if (image.status !== 'PENDING') return image;
    const head = await this.storage.head(originalKey(imageId));
    if (!head) refuse(canUpload(image, this.machine.now()) ? new ImageNotUploaded() : new UploadWindowOver());
    return this.#accept(uploaderId, image, head);
  }

  #accept(uploaderId: UploaderId, { id, type, sizeBytes }: Image, head: ObjectHead): Promise<Image> {
    const isAsPromised = head.sizeBytes === sizeBytes && head.contentType === CONTENT_TYPES[type];
    return this.transactor.run(async (db) => {
      const image = await lockOwnImage(db, uploaderId, id);
      if (image.status !== 'PENDING') return image;
      const uploadedAt = this.machine.now();
      if (isAsPromised) await move(db, Image, imageLife, image, 'PROCESSING', { uploadedAt });
      // The policy does not let it in; a storage that does not know policies might.
      else await move(db, Image, imageLife, image, 'REFUSED', { uploadedAt, problem: 'MISMATCHED' });
      await this.jobs.enqueue(db, isAsPromised ? processImage : removeImageObjects, { imageId: id });
      return image;
    });
  }
}

/** Counted under the person's lock, so that many at once are counted one by one. */
async function tallyOf(db: EntityManager, uploaderId: UploaderId, now: Date): Promise<UploadTally> {
  await lockUploader(db, uploaderId);
  const own = ofUploader(uploaderId);
  const open = await db.countBy(Image, { ...own, status: In(['PENDING', 'PROCESSING']) });
  const today = await db.countBy(Image, { ...own, startedAt: MoreThan(secondsAfter(now, -DAY_SECONDS)) });
  return { open, today };
}
