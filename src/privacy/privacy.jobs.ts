import { defineJob } from '#jobs';
import type { UserId } from '#identity';

/** Erases what is left of an account, module by module. Its plan is to try for days: what was promised is done. */
export const eraseAccount = defineJob<{ userId: UserId }>('privacy.eraseAccount');

/** Scheduled: empties and deletes what is no longer to be kept. */
export const applyRetention = defineJob<Record<string, never>>('privacy.applyRetention');
