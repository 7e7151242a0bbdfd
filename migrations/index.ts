export { CreateCommon1795219200000 } from './1795219200000-create-common.js';
export { CreateJobs1795219201000 } from './1795219201000-create-jobs.js';
export { CreateIdentity1795219202000 } from './1795219202000-create-identity.js';
export { CreateLedger1795219203000 } from './1795219203000-create-ledger.js';
export { CreateCatalog1795219204000 } from './1795219204000-create-catalog.js';
export { CreatePayments1795219205000 } from './1795219205000-create-payments.js';
export { CreateOrders1795219206000 } from './1795219206000-create-orders.js';
export { CreateTeams1795219207000 } from './1795219207000-create-teams.js';
