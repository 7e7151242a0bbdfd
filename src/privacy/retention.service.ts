import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BusinessTime, MachineClock, secondsAfter } from '#common';
import { type RetainedByPrivacy, type Retention, RETENTION_LIST, RETENTION_PAGE } from './retention.js';

const DAY_SECONDS = 86_400;

/** Lets go of what is no longer to be kept. */
@Injectable()
export class RetentionService {
  constructor(
    private readonly source: DataSource,
    private readonly businessTime: BusinessTime,
    private readonly machine: MachineClock,
    @Inject(RETENTION_LIST) private readonly list: readonly Retention[],
  ) {}

  /** Applies every rule of the list, a page to a statement. What a run that was cut short has left, the next one finds. */
  async apply(): Promise<void> {
    for (const rule of this.list) if ('findSql' in rule) await this.#apply(rule);
  }

  async #apply({ findSql, actSql, clock, days }: RetainedByPrivacy): Promise<void> {
    const now = clock === 'BUSINESS' ? await this.businessTime.read(this.source.manager) : this.machine.now();
    const before = secondsAfter(now, -days * DAY_SECONDS);
    const instants = Array<Date>(findSql.split('?').length - 1).fill(before);
    let found = RETENTION_PAGE;
    while (found === RETENTION_PAGE) {
      const rows = await this.source.query<{ id: Buffer | string }[]>(findSql, instants);
      found = rows.length;
      if (found > 0) await this.source.query(actSql, [rows.map(({ id }) => id)]);
    }
  }
}
