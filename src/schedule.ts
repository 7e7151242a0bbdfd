import { purgeLiftedBlocks, purgeSessions } from '#identity';
import type { JobDefinition } from '#jobs';
import { purgeOldRows } from '#jobs';
import { closeOverduePayments, queryOwedRefunds, queryPendingPayments } from '#payments';
import { expireTeams } from '#teams';

/** A task that comes back by itself, at most once at a time however many workers there are. */
interface Task {
  readonly job: JobDefinition<Record<string, never>>;
  readonly everySeconds: number;
}

/** Everything that happens by the clock. */
export const SCHEDULE: readonly Task[] = [
  { job: closeOverduePayments, everySeconds: 10 },
  { job: expireTeams, everySeconds: 10 },
  { job: queryPendingPayments, everySeconds: 30 },
  { job: queryOwedRefunds, everySeconds: 3_600 },
  { job: purgeOldRows, everySeconds: 3_600 },
  { job: purgeSessions, everySeconds: 3_600 },
  { job: purgeLiftedBlocks, everySeconds: 3_600 },
];
