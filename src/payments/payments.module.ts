import { Module } from '@nestjs/common';
import { LedgerModule } from '#ledger';
import { WechatModule } from '#wechat';
import { NotificationsController } from './notifications.controller.js';
import { ChannelService } from './channel.service.js';
import { PaymentsService } from './payments.service.js';
import { PaymentsWorker } from './payments.worker.js';
import { RefundsService } from './refunds.service.js';

/** Money in and money back, as the channel knows it. */
@Module({
  imports: [LedgerModule, WechatModule],
  controllers: [NotificationsController],
  providers: [PaymentsService, ChannelService, RefundsService, PaymentsWorker],
  exports: [PaymentsService, ChannelService, RefundsService],
})
export class PaymentsModule {}
