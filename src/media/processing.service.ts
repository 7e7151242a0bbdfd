import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { move, Transactor } from '#common';
import { type JobClaim, Jobs, LeaseLost } from '#jobs';
import { Image, type ImageId } from './image.entity.js';
import { ImageRendition } from './image-rendition.entity.js';
import { removeImageObjects } from './image.jobs.js';
import { originalKey, renditionKey } from './image.keys.js';
import { PURPOSES } from './image.limits.js';
import { lockImage } from './image.queries.js';
import { CONTENT_TYPES, imageLife, renditionWidths } from './image.rules.js';
import { Picture, PictureRefused, type Rendition } from './picture.js';
import { ObjectStorage } from './storage/object-storage.js';

/** A deleted image is out of every cache within a day. */
const CACHE_CONTROL = 'public, max-age=86400';

type Outcome = Pick<Image, 'width' | 'height' | 'blurhash'> & { readonly renditions: readonly Rendition[] };

/** Looks at uploaded files and makes what is shown. */
@Injectable()
export class ProcessingService {
  readonly #logger = new Logger(ProcessingService.name);
  /** One picture at a time: a decoded one can take a third of a gigabyte. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly jobs: Jobs,
    private readonly storage: ObjectStorage,
  ) {}

  /**
   * Takes an uploaded file to its end, READY or REFUSED. Whoever takes over from a worker that died begins anew and comes to the same.
   *
   * @throws StorageError if the storage does not answer: the job tries again
   */
  async process(id: ImageId, claim: JobClaim): Promise<void> {
    const image = await this.source.manager.findOneByOrFail(Image, { id });
    if (image.status !== 'PROCESSING') return this.#leave(id, claim);
    try {
      const outcome = await this.#inTurn(() => this.#look(image));
      for (const rendition of outcome.renditions) await this.#store(id, rendition);
      await this.#show(id, outcome, claim);
    } catch (error) {
      // Whoever overslept the lease may have stored renditions of what was deleted meanwhile.
      if (error instanceof LeaseLost) await this.jobs.enqueue(this.source.manager, removeImageObjects, { imageId: id });
      if (!(error instanceof PictureRefused)) throw error;
      this.#logger.log(
        `${id} is refused, ${error.problem}: ${error.cause instanceof Error ? error.cause.message : 'by its own word'}`,
      );
      await this.#refuse(id, error, claim);
    }
  }

  async #look({ id, type, purpose, sizeBytes }: Image): Promise<Outcome> {
    const bytes = await this.storage.read(originalKey(id), sizeBytes + 1);
    if (bytes?.length !== sizeBytes) throw new PictureRefused('MISMATCHED');
    const picture = await Picture.read(bytes, type, Math.max(...PURPOSES[purpose].widths));
    const { width, height } = picture;
    const renditions: Rendition[] = [];
    for (const each of renditionWidths(purpose, width)) renditions.push(...(await picture.renditions(each)));
    return { width, height, blurhash: await picture.blurhash(), renditions };
  }

  #store(imageId: ImageId, { format, width, body }: Rendition): Promise<void> {
    const key = renditionKey({ imageId, format, width });
    return this.storage.put({ key, body, contentType: CONTENT_TYPES[format], cacheControl: CACHE_CONTROL });
  }

  #show(id: ImageId, { renditions, ...seen }: Outcome, claim: JobClaim): Promise<void> {
    return this.transactor.run(async (db) => {
      await claim.close(db);
      const image = await lockImage(db, id);
      if (image?.status === 'PROCESSING') {
        const rows = renditions.map(({ format, width, body }) => ({
          imageId: id,
          format,
          width,
          sizeBytes: body.length,
        }));
        await db.insert(ImageRendition, rows);
        await move(db, Image, imageLife, image, 'READY', seen);
      }
      // The original; or, if it was deleted meanwhile, what we have just stored.
      await this.jobs.enqueue(db, removeImageObjects, { imageId: id });
    });
  }

  #refuse(id: ImageId, { problem }: PictureRefused, claim: JobClaim): Promise<void> {
    return this.transactor.run(async (db) => {
      await claim.close(db);
      const image = await lockImage(db, id);
      if (image?.status === 'PROCESSING') await move(db, Image, imageLife, image, 'REFUSED', { problem });
      await this.jobs.enqueue(db, removeImageObjects, { imageId: id });
    });
  }

  /** Somebody was faster; a worker that died before may have left renditions of what is deleted by now. */
  #leave(id: ImageId, claim: JobClaim): Promise<void> {
    return this.transactor.run(async (db) => {
      await claim.close(db);
      await this.jobs.enqueue(db, removeImageObjects, { imageId: id });
    });
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = this.#turn;
    const mine = before.then(work, work);
    this.#turn = mine;
    return mine;
  }
}
