import { defineJob } from '#jobs';

/** Scheduled: closes suppliers' statements of months that are over. */
export const closeStatements = defineJob<Record<string, never>>('payouts.closeStatements');
