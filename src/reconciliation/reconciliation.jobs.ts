import { defineJob } from '#jobs';
import type { FindingId } from './finding.entity.js';

/** Scheduled: fetches the bills that should be here, and compares those that are not closed. */
export const reconcileDays = defineJob<Record<string, never>>('reconciliation.reconcile');

/** Asks the channel about a finding that its answer can end. */
export const askAboutFinding = defineJob<{ findingId: FindingId }>('reconciliation.ask');
