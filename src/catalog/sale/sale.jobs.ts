import { defineJob } from '#jobs';

/** Scheduled: puts products on sale and takes them off it when their time has come. */
export const turnSales = defineJob<Record<string, never>>('catalog.turnSales');
