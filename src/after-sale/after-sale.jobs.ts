import { defineJob } from '#jobs';

/** Scheduled: decides on cases on which nobody has decided in time. */
export const endDueAfterSales = defineJob<Record<string, never>>('after-sale.endDue');

/** Scheduled: deletes photos of cases that the law does not want kept any more. */
export const purgeAfterSaleEvidence = defineJob<Record<string, never>>('after-sale.purgeEvidence');
