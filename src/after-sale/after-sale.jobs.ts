import { defineFact, defineJob } from '#jobs';
import type { AfterSaleId } from './cases/after-sale.entity.js';
import type { AfterSaleStep } from './cases/after-sale-step.entity.js';

/** What a buyer asks for was approved or refused, by whoever sold it, by the shop or by the clock; once more after an appeal. */
export const afterSaleDecided = defineFact<{
  afterSaleId: AfterSaleId;
  stepId: AfterSaleStep['id'];
  isApproved: boolean;
}>('after-sale.decided');

/** Scheduled: decides on cases on which nobody has decided in time. */
export const endDueAfterSales = defineJob<Record<string, never>>('after-sale.endDue');

/** Scheduled: deletes photos of cases that the law does not want kept any more. */
export const purgeAfterSaleEvidence = defineJob<Record<string, never>>('after-sale.purgeEvidence');
