export { LedgerModule } from './ledger.module.js';
export { balanceOfAccount } from './ledger.loaders.js';
export { LedgerService } from './ledger.service.js';
export { type Account, transfer, type Transfer, type TransferSource } from './transfer.js';
