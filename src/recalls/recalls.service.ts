import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, LessThan, MoreThan, Not } from 'typeorm';
import { decodeCursor, decodeIdCursor, notFound, type Page, type PageArgs, pageOf } from '#common';
import { Recall, type RecallId } from './recall.entity.js';
import { RecallItem } from './recall-item.entity.js';

/** What is read of recalls. */
@Injectable()
export class RecallsService {
  constructor(private readonly source: DataSource) {}

  /** @throws RequestError NOT_FOUND */
  async one(id: RecallId): Promise<Recall> {
    const recall = await this.source.manager.findOneBy(Recall, { id });
    if (!recall) throw notFound('id');
    return recall;
  }

  /** Newest first. */
  async page({ first, after }: PageArgs): Promise<Page<Recall>> {
    const last = decodeIdCursor(after, 'recall');
    const where = last ? { id: LessThan(last) } : {};
    const recalls = await this.source.manager.find(Recall, { where, order: { id: 'DESC' }, take: first + 1 });
    return pageOf(recalls, first, ({ id }) => [id]);
  }

  /** What a recall is about, in the order in which it is worked off; all of it, or what could not be given back. */
  async items(recallId: RecallId, { first, after }: PageArgs, onlyFailed: boolean): Promise<Page<RecallItem>> {
    const [last = 0] = decodeCursor(after, [0]) ?? [];
    const where = { recallId, seq: MoreThan(last), ...(onlyFailed && { problem: Not(IsNull()) }) };
    const items = await this.source.manager.find(RecallItem, { where, order: { seq: 'ASC' }, take: first + 1 });
    return pageOf(items, first, ({ seq }) => [seq]);
  }
}
