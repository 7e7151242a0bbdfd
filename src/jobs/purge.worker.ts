import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { deleteOld } from './delete-old.js';
import { Handles } from './handlers.js';
import { defineJob, type Outcome } from './job.js';

/** Scheduled: forgets what nobody will ask for again. */
export const purgeOldRows = defineJob<Record<string, never>>('jobs.purgeOldRows');

/** How long finished jobs and the keys of repeated requests are kept; dead jobs stay until somebody has looked at them. */
export const OLD_ROWS_KEPT_DAYS = 7;

const OLD_ROWS = [
  `job WHERE status = 'DONE' AND ended_at < NOW(3) - INTERVAL ${OLD_ROWS_KEPT_DAYS} DAY`,
  `idempotency WHERE created_at < NOW(3) - INTERVAL ${OLD_ROWS_KEPT_DAYS} DAY`,
];

@Injectable()
export class PurgeWorker {
  constructor(private readonly source: DataSource) {}

  @Handles(purgeOldRows)
  async purge(): Promise<Outcome> {
    for (const rows of OLD_ROWS) await deleteOld(this.source, rows);
    return 'done';
  }
}
