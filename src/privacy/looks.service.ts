import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, LessThan, MoreThan } from 'typeorm';
import {
  decodeIdCursor,
  type LookAt,
  Looks,
  MachineClock,
  newId,
  type Page,
  type PageArgs,
  pageOf,
  secondsAfter,
} from '#common';
import type { UserId } from '#identity';
import { EXPORT_OPERATION, Look } from './look.entity.js';
import { insertLooks } from './look.queries.js';

const DAY_SECONDS = 86_400;

/** Who has looked at whose data. What fields tell is noted by `noteLook`, as it happens. */
@Injectable()
export class LooksService extends Looks {
  constructor(
    private readonly source: DataSource,
    private readonly machine: MachineClock,
  ) {
    super();
  }

  /** Looks at a person’s data, newest first. */
  async of(userId: UserId, { first, after }: PageArgs): Promise<Page<Look>> {
    const last = decodeIdCursor(after, 'look');
    const where = { userId, ...(last ? { id: LessThan(last) } : {}) };
    const rows = await this.source.manager.find(Look, { where, order: { id: 'DESC' }, take: first + 1 });
    return pageOf(rows, first, ({ id }) => [id]);
  }

  override async note(db: EntityManager, look: LookAt, people: readonly UserId[]): Promise<void> {
    const lookedAt = this.machine.now();
    await insertLooks(
      db,
      people.map((userId) => ({ id: newId('look'), userId, ...look, lookedAt })),
    );
  }

  /** Notes an export of a person’s own. */
  async noteExport(db: EntityManager, userId: UserId): Promise<void> {
    await this.note(db, { actorId: userId, category: 'ALL', operation: EXPORT_OPERATION }, [userId]);
  }

  /** How many exports of a person there were in the last 24 hours. The caller holds the person’s row. */
  exportsLately(db: EntityManager, userId: UserId): Promise<number> {
    const yesterday = secondsAfter(this.machine.now(), -DAY_SECONDS);
    return db.countBy(Look, { userId, operation: EXPORT_OPERATION, lookedAt: MoreThan(yesterday) });
  }
}
