import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MachineClock, secondsAfter } from '#common';
import { Image, type ImageId } from './image.entity.js';
import { imageOfOriginal, originalKey, ORIGINALS, renditionsPrefix } from './image.keys.js';
import { UPLOAD_GRACE_SECONDS, UPLOAD_SECONDS } from './image.limits.js';
import { imageLife } from './image.rules.js';
import { ObjectStorage } from './storage/object-storage.js';

/** Keeps the storage free of what no image needs. All of it can be repeated, and asks the row first what is needed. */
@Injectable()
export class CleaningService {
  constructor(
    private readonly source: DataSource,
    private readonly machine: MachineClock,
    private readonly storage: ObjectStorage,
  ) {}

  /**
   * Removes what an image does not need: of one that has ended everything, of a READY one the original, of any other nothing.
   *
   * @throws StorageError
   */
  async clean(id: ImageId): Promise<void> {
    const image = await this.source.manager.findOneBy(Image, { id });
    const hasEnded = image === null || imageLife.isTerminal(image.status);
    if (hasEnded) await this.#removeRenditions(id);
    if (hasEnded || image.status === 'READY') await this.storage.remove(originalKey(id));
  }

  /**
   * Finds originals that no image waits for: a form may be used again until it ends, also after its image has ended. Those that are
   * younger than any form are left alone.
   *
   * @throws StorageError
   */
  async sweepOriginals(): Promise<void> {
    const before = secondsAfter(this.machine.now(), -(UPLOAD_SECONDS + UPLOAD_GRACE_SECONDS));
    for await (const page of this.storage.list(ORIGINALS)) {
      for (const { key, modifiedAt } of page) {
        const id = imageOfOriginal(key);
        if (id && modifiedAt < before) await this.clean(id);
      }
    }
  }

  async #removeRenditions(id: ImageId): Promise<void> {
    for await (const page of this.storage.list(renditionsPrefix(id))) {
      for (const { key } of page) await this.storage.remove(key);
    }
  }
}
