import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { WechatModule, WechatPushModule } from '#wechat';
import { GrantsService } from './grants/grants.service.js';
import { MessagePushes } from './grants/message-pushes.js';
import { MessageSettingsService } from './grants/settings.service.js';
import { InboxService } from './inbox/inbox.service.js';
import { Templates } from './kinds/templates.js';
import { MessageSettingsResolver, MessagesResolver } from './messages.resolver.js';
import { NotificationsMetrics } from './notifications.metrics.js';
import { NotificationsPersonalData } from './notifications.personal-data.js';
import { NotificationsWorker } from './notifications.worker.js';
import { OccasionsService } from './occasions.service.js';
import { DeliveryDriver } from './sending/delivery.driver.js';
import { DeliveryIntents } from './sending/delivery.intents.js';

/** What people are told of what they have bought: the inbox, and the subscribe messages that they have allowed. */
@Module({
  imports: [WechatModule, WechatPushModule, IdentityModule],
  providers: [
    ...[Templates, InboxService, OccasionsService],
    ...[GrantsService, MessagePushes, MessageSettingsService],
    ...[DeliveryIntents, DeliveryDriver],
    ...[MessagesResolver, MessageSettingsResolver],
    ...[NotificationsWorker, NotificationsPersonalData, NotificationsMetrics],
  ],
})
export class NotificationsModule {}
