import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { LedgerModule } from '#ledger';
import { WechatModule } from '#wechat';
import { NotificationsController } from './notifications.controller.js';
import { ChannelService } from './channel.service.js';
import { PaymentsService } from './payments.service.js';
import { PaymentsWorker } from './payments.worker.js';
import { RefundDriver } from './refund.driver.js';
import { RefundQueueService } from './refund-queue.service.js';
import { RefundQueueResolver } from './refunds.resolver.js';
import { RefundsService } from './refunds.service.js';

/** Money in and money back, as the channel knows it. */
@Module({
  imports: [IdentityModule, LedgerModule, WechatModule],
  controllers: [NotificationsController],
  providers: [
    PaymentsService,
    ChannelService,
    RefundsService,
    RefundDriver,
    RefundQueueService,
    RefundQueueResolver,
    PaymentsWorker,
  ],
  exports: [PaymentsService, ChannelService, RefundsService, RefundDriver],
})
export class PaymentsModule {}
