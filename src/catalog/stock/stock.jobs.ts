import { defineJob } from '#jobs';

/** Scheduled: warns of what runs out, and ends warnings of what is stocked up again. */
export const watchStock = defineJob<Record<string, never>>('catalog.watchStock');
