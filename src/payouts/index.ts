export { closeStatements } from './payout.jobs.js';
export { Payout, type PayoutId } from './payout.entity.js';
export { payoutLife } from './payout.rules.js';
export { PayoutsModule } from './payouts.module.js';
export { SupplierStatement } from './statement.entity.js';
