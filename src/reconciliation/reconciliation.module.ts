import { Module } from '@nestjs/common';
import { LedgerModule } from '#ledger';
import { PaymentsModule } from '#payments';
import { WechatModule } from '#wechat';
import { AskingService } from './asking.service.js';
import { FetchingService } from './fetching.service.js';
import { FindingsService } from './findings.service.js';
import { JudgingService } from './judging.service.js';
import { ReconciliationMetrics } from './reconciliation.metrics.js';
import { ReconciliationResolver } from './reconciliation.resolver.js';
import { ReconciliationWorker } from './reconciliation.worker.js';

/** The channel's bills against our books, day by day. */
@Module({
  imports: [LedgerModule, PaymentsModule, WechatModule],
  providers: [
    ...[FetchingService, JudgingService, AskingService, FindingsService],
    ...[ReconciliationResolver, ReconciliationWorker, ReconciliationMetrics],
  ],
})
export class ReconciliationModule {}
