import { defineJob } from '#jobs';
import type { BulkActId } from './bulk-act.entity.js';

/** Does the next few of an approved bulk act. */
export const workOffBulkAct = defineJob<{ bulkActId: BulkActId }>('audit.workOffBulkAct');

/** Scheduled: ends what nobody approved in time. */
export const expireBulkActs = defineJob<Record<string, never>>('audit.expireBulkActs');
