export { Capture, type CaptureId } from './capture.entity.js';
export { ChannelService } from './channel.service.js';
export { NOTIFY_PATH } from './notify-path.js';
export { Payment, type PaymentId } from './payment.entity.js';
export {
  closeOverduePayments,
  paymentClosed,
  queryOwedRefunds,
  queryPendingPayments,
  refundSucceeded,
  tradeReported,
} from './payment.jobs.js';
export { paymentOfCheckout, refundsOfOrder } from './payment.loaders.js';
export { paymentLife, refundLife, REFUNDS_BY_OPERATORS_MAX, type TradeReport } from './payment.rules.js';
export { PaymentsModule } from './payments.module.js';
export { PaymentsService } from './payments.service.js';
export { Refund, type RefundId, type RefundReason } from './refund.entity.js';
export { RefundCase } from './refund-case.js';
export { TooManyRefunds } from './refund.refusals.js';
export { RefundDriver } from './refund.driver.js';
export { type NewRefund, RefundsService } from './refunds.service.js';
