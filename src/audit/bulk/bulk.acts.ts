import { defineAct } from '#common';

export const bulkActProposed = defineAct('audit.bulkActProposed', 'bulk');
export const bulkActApproved = defineAct('audit.bulkActApproved', 'bulk');
export const bulkActRejected = defineAct('audit.bulkActRejected', 'bulk');
export const bulkActWithdrawn = defineAct('audit.bulkActWithdrawn', 'bulk');
