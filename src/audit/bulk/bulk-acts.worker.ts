import { Injectable } from '@nestjs/common';
import { DataSource, LessThanOrEqual } from 'typeorm';
import { BusinessTime, idBytes, move, prefixIn, Transactor, tryMove } from '#common';
import { type ArgsOf, Handles, type JobClaim, Jobs, type Outcome, sweep, SWEEP_PAGE } from '#jobs';
import { actingFor } from '../acting-request.js';
import { BulkAct } from './bulk-act.entity.js';
import { bulkActLife } from './bulk-act.rules.js';
import { lockBulkAct } from './bulk-acts.service.js';
import { BulkFailure } from './bulk-failure.entity.js';
import { type BulkProblem, BulkWorks } from './bulk-works.js';
import { expireBulkActs, workOffBulkAct } from './bulk.jobs.js';

/** Few enough that a lease lasts for them. */
const CHUNK = 20;

@Injectable()
export class BulkActsWorker {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly jobs: Jobs,
    private readonly works: BulkWorks,
  ) {}

  /** One job does one chunk and leaves the next to another job, so a worker that dies is taken over where it was. */
  @Handles(workOffBulkAct)
  async workOff({ bulkActId }: ArgsOf<typeof workOffBulkAct>, claim: JobClaim): Promise<Outcome> {
    const act = await this.source.manager.findOneByOrFail(BulkAct, { id: bulkActId });
    const { kind, input, itemsTried: from, itemsTotal } = act;
    const count = Math.min(CHUNK, itemsTotal - from);
    const problems = await actingFor(bulkActId, () =>
      this.works.of(kind).chunk(act, JSON.parse(input) as object, from, count),
    );
    await this.#note(act, from + count, problems, claim);
    return 'done';
  }

  @Handles(expireBulkActs)
  async expire(): Promise<Outcome> {
    const db = this.source.manager;
    const now = await this.businessTime.read(db);
    const due = { where: { status: 'PROPOSED', expiresAt: LessThanOrEqual(now) }, take: SWEEP_PAGE } as const;
    await sweep<BulkAct>(
      () => db.find(BulkAct, due),
      (act) => tryMove(db, BulkAct, bulkActLife, act, 'EXPIRED'),
    );
    return 'done';
  }

  async #note({ id }: BulkAct, itemsTried: number, problems: readonly BulkProblem[], claim: JobClaim): Promise<void> {
    await this.transactor.run(async (db) => {
      await claim.close(db);
      const act = await lockBulkAct(db, id);
      if (!act) return;
      const failures = problems.map(({ subject, problem }) =>
        db.create(BulkFailure, { bulkActId: id, subjectType: prefixIn(subject), subjectId: idBytes(subject), problem }),
      );
      await db.insert(BulkFailure, failures);
      if (itemsTried === act.itemsTotal) return move(db, BulkAct, bulkActLife, act, 'DONE', { itemsTried });
      await db.update(BulkAct, { id }, { itemsTried });
      await this.jobs.enqueue(db, workOffBulkAct, { bulkActId: id });
    });
  }
}
