import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { BusinessTime, idFromBytes, secondsAfter, Transactor } from '#common';
import { type ImageId, ImagesService } from '#media';
import { AfterSaleImage } from './after-sale-line.entity.js';

/** The least that E-Commerce Law 31 wants of a trade; the same for all that a case has of a person. */
export const EVIDENCE_KEPT_DAYS = 3 * 366;
const DAY_SECONDS = 86_400;
const PAGE = 100;

/** Photos of what was wrong, as long as they must be kept. */
@Injectable()
export class EvidenceService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly images: ImagesService,
  ) {}

  /** Deletes the photos of cases whose order has been over for longer than they are kept, some at a time until none is left. */
  async purge(): Promise<void> {
    const before = secondsAfter(await this.businessTime.read(this.source.manager), -EVIDENCE_KEPT_DAYS * DAY_SECONDS);
    for (let ids = await this.#outlived(before); ids.length > 0; ids = await this.#outlived(before))
      await this.transactor.run(async (db) => {
        await db.delete(AfterSaleImage, { imageId: In(ids) });
        await this.images.deleteEvidence(db, ids);
      });
  }

  /** Nothing is over before it was applied for, so the time of that leads to few. */
  async #outlived(before: Date): Promise<ImageId[]> {
    const rows = await this.source.query<{ image_id: Buffer }[]>(
      `SELECT image_id FROM after_sale_image JOIN after_sale ON after_sale.id = after_sale_id JOIN orders ON orders.id = order_id
       WHERE closed_at < ? AND orders.status IN ('COMPLETED', 'REFUNDED')
         AND (SELECT MAX(moved_at) FROM status_move WHERE subject_id = orders.id) < ? LIMIT ${PAGE}`,
      [before, before],
    );
    return rows.map(({ image_id }) => idFromBytes('image', image_id));
  }
}
