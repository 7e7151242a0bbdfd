export { BillClient, type BillDemand, BillUnusable, type BillUnusableKind } from './bill.client.js';
export { type BillRow, type FlowKind, type RefundState, REFUND_STATES } from './bill.rows.js';
export { CHINA_OFFSET_SECONDS } from './china-time.js';
export { ChannelError, type ChannelOutcome, refusalCode } from './channel.error.js';
export { type CodeFile, CodesClient, type CodeRequest } from './codes.client.js';
export type { PaySignature } from './crypto.js';
export { LINK_DAYS_MAX, type LinkPage, LinksClient } from './links.client.js';
export { LoginClient, type LoginCodeFault, LoginCodeRejected, type WechatIdentity } from './login.client.js';
export { MessageClient, type SendResult, type SubscribeMessage } from './message.client.js';
export { type Notification, type NotificationFault, NotificationReader, NotificationRejected } from './notification.js';
export { type CloseResult, PayClient, type PrepayOrder, type RefundRequest } from './pay.client.js';
export { PhoneAskedTooOften, PhoneClient, PhoneCodeRejected, type PhoneNumber } from './phone.client.js';
export { wechatPushed } from './push/push.jobs.js';
export type { MessageResult, PushSaid, TemplateAnswer } from './push/push.js';
export { WechatPushModule } from './push/push.module.js';
export { PUSHES_KEPT_DAYS, PushesService } from './push/pushes.service.js';
export { WechatPush } from './push/wechat-push.entity.js';
export type { RefundDestination } from './refund.destination.js';
export { type ShareFault, ShareRejected } from './share.rejected.js';
export {
  type DeliveryMode,
  ITEM_DESCRIPTION_CHARACTERS_MAX,
  type ParcelOnItsWay,
  PARCELS_PER_PAYMENT_MAX,
  type Shipping,
  ShippingClient,
} from './shipping.client.js';
export type { ChannelRefund, Trade } from './trade.js';
export { WechatModule } from './wechat.module.js';
