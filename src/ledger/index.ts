export { LedgerModule } from './ledger.module.js';
export { LedgerService } from './ledger.service.js';
export { type Account, transfer, type Transfer } from './transfer.js';
