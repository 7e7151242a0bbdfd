export { BillDay, type BillDayId } from './bill-day.entity.js';
export { Finding, type FindingId } from './finding.entity.js';
export { reconcileDays } from './reconciliation.jobs.js';
export { ReconciliationModule } from './reconciliation.module.js';
export { billDayLife, findingLife } from './reconciliation.rules.js';
