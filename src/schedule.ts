import { endDueAfterSales, purgeAfterSaleEvidence } from '#after-sale';
import { expireBulkActs, linkAudit, tellAuditHead } from '#audit';
import { endImports, indexProducts, turnSales, watchStock } from '#catalog';
import type { Config } from '#common';
import { completeOverdueOrders, receiveOverdueOrders } from '#fulfilment';
import { purgeLiftedBlocks, purgeRemovedAddresses, purgeSessions } from '#identity';
import { purgeInvariantRuns, runInvariants } from '#invariants';
import { sweepInvoiceUploads } from '#invoices';
import type { JobDefinition, ScheduledTask } from '#jobs';
import { purgeOldRows } from '#jobs';
import { endOverdueImages, sweepOriginals } from '#media';
import { deliverDueMessages } from '#notifications';
import { closeOverduePayments, queryOwedRefunds, queryPendingPayments } from '#payments';
import { closeStatements } from '#payouts';
import { applyRetention } from '#privacy';
import { reconcileDays } from '#reconciliation';
import { expireTeams } from '#teams';

/** A task that comes back by itself, at most once at a time however many workers there are. */
interface Task {
  readonly job: JobDefinition<Record<string, never>>;
  readonly everySeconds: number;
}

/** Everything that happens by the clock, but for looking at the invariants. */
export const SCHEDULE: readonly Task[] = [
  { job: linkAudit, everySeconds: 5 },
  { job: indexProducts, everySeconds: 5 },
  { job: deliverDueMessages, everySeconds: 5 },
  { job: closeOverduePayments, everySeconds: 10 },
  { job: expireTeams, everySeconds: 10 },
  { job: turnSales, everySeconds: 10 },
  { job: watchStock, everySeconds: 60 },
  { job: expireBulkActs, everySeconds: 60 },
  { job: receiveOverdueOrders, everySeconds: 60 },
  { job: completeOverdueOrders, everySeconds: 60 },
  { job: endDueAfterSales, everySeconds: 60 },
  { job: endOverdueImages, everySeconds: 60 },
  { job: queryPendingPayments, everySeconds: 30 },
  { job: reconcileDays, everySeconds: 600 },
  { job: queryOwedRefunds, everySeconds: 3_600 },
  { job: tellAuditHead, everySeconds: 3_600 },
  { job: sweepOriginals, everySeconds: 3_600 },
  { job: sweepInvoiceUploads, everySeconds: 3_600 },
  { job: purgeOldRows, everySeconds: 3_600 },
  { job: purgeSessions, everySeconds: 3_600 },
  { job: purgeLiftedBlocks, everySeconds: 3_600 },
  { job: purgeInvariantRuns, everySeconds: 3_600 },
  { job: purgeAfterSaleEvidence, everySeconds: 3_600 },
  { job: purgeRemovedAddresses, everySeconds: 3_600 },
  { job: endImports, everySeconds: 3_600 },
  { job: closeStatements, everySeconds: 3_600 },
  { job: applyRetention, everySeconds: 3_600 },
];

/** The schedule as a worker of this configuration keeps it. Looking at everything is the one task whose price depends on how much there is, so its interval is its own. */
export function scheduleOf({
  SCHEDULE_EVERY_SECONDS_MAX,
  INVARIANTS_EVERY_SECONDS,
}: Pick<Config, 'SCHEDULE_EVERY_SECONDS_MAX' | 'INVARIANTS_EVERY_SECONDS'>): ScheduledTask[] {
  return [
    ...SCHEDULE.map(({ job: { name }, everySeconds }) => ({
      name,
      everySeconds: Math.min(everySeconds, SCHEDULE_EVERY_SECONDS_MAX),
    })),
    { name: runInvariants.name, everySeconds: INVARIANTS_EVERY_SECONDS },
  ];
}
