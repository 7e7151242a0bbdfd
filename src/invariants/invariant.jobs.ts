import { defineJob } from '#jobs';

/** Scheduled: looks whether everything holds that must. */
export const runInvariants = defineJob<Record<string, never>>('invariants.run');

/** Scheduled: forgets runs and incidents that are long over. */
export const purgeInvariantRuns = defineJob<Record<string, never>>('invariants.purge');
