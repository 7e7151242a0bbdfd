export { ChannelError, type ChannelOutcome, refusalCode } from './channel.error.js';
export type { PaySignature } from './crypto.js';
export { LoginClient, type LoginCodeFault, LoginCodeRejected, type WechatIdentity } from './login.client.js';
export { type Notification, type NotificationFault, NotificationReader, NotificationRejected } from './notification.js';
export { type CloseResult, PayClient, type PrepayOrder, type RefundRequest } from './pay.client.js';
export { PhoneAskedTooOften, PhoneClient, PhoneCodeRejected, type PhoneNumber } from './phone.client.js';
export type { RefundDestination } from './refund.destination.js';
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
