import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { deleteOld, Handles, type JobClaim, type Outcome } from '#jobs';
import { purgeInvariantRuns, runInvariants } from './invariant.jobs.js';
import { InvariantsService } from './invariants.service.js';

/** How long what was broken is kept after it was mended: its rows name ids of people. */
export const INCIDENTS_KEPT_DAYS = 90;

/** Runs are kept for a month. */
const OLD_ROWS = [
  'invariant_run WHERE finished_at < NOW(3) - INTERVAL 30 DAY',
  `invariant_incident WHERE closed_at < NOW(3) - INTERVAL ${INCIDENTS_KEPT_DAYS} DAY`,
];

@Injectable()
export class InvariantsWorker {
  constructor(
    private readonly invariants: InvariantsService,
    private readonly source: DataSource,
  ) {}

  @Handles(runInvariants)
  async run(_: unknown, claim: JobClaim): Promise<Outcome> {
    await this.invariants.run(claim);
    return 'done';
  }

  @Handles(purgeInvariantRuns)
  async purge(): Promise<Outcome> {
    for (const rows of OLD_ROWS) await deleteOld(this.source, rows);
    return 'done';
  }
}
