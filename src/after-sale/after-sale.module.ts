import { Module } from '@nestjs/common';
import { FulfilmentModule } from '#fulfilment';
import { IdentityModule } from '#identity';
import { MediaModule } from '#media';
import { OrdersModule } from '#orders';
import { AfterSaleMetrics } from './after-sale.metrics.js';
import { AfterSalePersonalData } from './after-sale.personal-data.js';
import { AfterSaleWorker } from './after-sale.worker.js';
import { ApplyingService } from './applying/applying.service.js';
import { CaseBook } from './cases/case-book.js';
import { CaseOutcomesService } from './cases/case-outcomes.service.js';
import { CaseRefunds } from './cases/case-refunds.js';
import { EvidenceService } from './cases/evidence.service.js';
import { AfterSaleClockService } from './deciding/clock.service.js';
import { DecidingResolver } from './deciding/deciding.resolver.js';
import { DecidingService } from './deciding/deciding.service.js';
import { OwnCasesResolver } from './own/own-cases.resolver.js';
import { OwnCasesService } from './own/own-cases.service.js';
import { AfterSaleListsService } from './pages/after-sale-lists.service.js';
import { AfterSaleResolver, AfterSaleStepResolver } from './pages/after-sale.resolver.js';
import { BuyerFileAfterSalesResolver } from './pages/buyer-file.fields.resolver.js';
import { LineClaimTermsResolver, OrderAfterSalesResolver } from './pages/orders-after-sale.resolver.js';

/** What buyers ask back: applied for, decided, returned, refunded. */
@Module({
  imports: [IdentityModule, MediaModule, OrdersModule, FulfilmentModule],
  providers: [
    CaseBook,
    CaseRefunds,
    CaseOutcomesService,
    EvidenceService,
    ApplyingService,
    DecidingService,
    AfterSaleClockService,
    OwnCasesService,
    AfterSaleListsService,
    OwnCasesResolver,
    DecidingResolver,
    AfterSaleResolver,
    AfterSaleStepResolver,
    OrderAfterSalesResolver,
    LineClaimTermsResolver,
    BuyerFileAfterSalesResolver,
    AfterSalePersonalData,
    AfterSaleMetrics,
    AfterSaleWorker,
  ],
  exports: [ApplyingService, DecidingService, OwnCasesService, AfterSaleClockService, EvidenceService],
})
export class AfterSaleModule {}
