import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { deleteOld, Handles, type JobClaim, type Outcome } from '#jobs';
import { purgeInvariantRuns, runInvariants } from './invariant.jobs.js';
import { InvariantsService } from './invariants.service.js';

/** Runs are kept for a month, and what was broken for three after it was mended: its rows name ids of people. */
const OLD_ROWS = [
  'invariant_run WHERE finished_at < NOW(3) - INTERVAL 30 DAY',
  'invariant_incident WHERE closed_at < NOW(3) - INTERVAL 90 DAY',
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
