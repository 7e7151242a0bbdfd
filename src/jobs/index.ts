export { deleteOld } from './delete-old.js';
export { Handles } from './handlers.js';
export {
  type ArgsOf,
  defineFact,
  defineJob,
  type JobClaim,
  type JobDefinition,
  LeaseLost,
  type Outcome,
} from './job.js';
export { JobQueue, type ScheduledTask } from './job.queue.js';
export { JobRunner } from './job.runner.js';
export { JobsModule } from './jobs.module.js';
export { Jobs } from './jobs.service.js';
export { OLD_ROWS_KEPT_DAYS, purgeOldRows } from './purge.worker.js';
export { sweep, SWEEP_PAGE } from './sweep.js';
