export { afterSaleDecided, endDueAfterSales, purgeAfterSaleEvidence } from './after-sale.jobs.js';
export { AfterSaleModule } from './after-sale.module.js';
export { ApplyingService } from './applying/applying.service.js';
export {
  AFTER_SALE_SEALS,
  AfterSale,
  type AfterSaleId,
  AfterSaleReason,
  AfterSaleStatus,
} from './cases/after-sale.entity.js';
export { AfterSaleImage, AfterSaleLine } from './cases/after-sale-line.entity.js';
export { AfterSaleStep } from './cases/after-sale-step.entity.js';
export { afterSaleLife } from './cases/case.rules.js';
export { EVIDENCE_KEPT_DAYS, EvidenceService } from './cases/evidence.service.js';
export { AfterSaleClockService } from './deciding/clock.service.js';
export { DecidingService } from './deciding/deciding.service.js';
export { OwnCasesService } from './own/own-cases.service.js';
