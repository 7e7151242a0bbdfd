export { Capture, type CaptureId } from './capture.entity.js';
export { ChannelService } from './channel.service.js';
export { Payment, type PaymentId } from './payment.entity.js';
export {
  closeOverduePayments,
  paymentClosed,
  queryPendingPayments,
  refundSucceeded,
  tradeReported,
} from './payment.jobs.js';
export { paymentOfCheckout, refundsOfOrder } from './payment.loaders.js';
export { paymentLife, refundLife, type TradeReport } from './payment.rules.js';
export { PaymentsModule } from './payments.module.js';
export { PaymentsService } from './payments.service.js';
export { Refund, type RefundId, type RefundReason } from './refund.entity.js';
export { RefundsService } from './refunds.service.js';
