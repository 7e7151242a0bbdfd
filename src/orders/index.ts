export { Checkout, type CheckoutId } from './checkout.entity.js';
export { DeliveryInput } from './delivery/delivery.inputs.js';
export { OrderDelivery } from './delivery/delivery.js';
export { deliveryOf, type Destination } from './delivery/delivery.rules.js';
export { Order, ORDER_SEALS, type OrderId, OrderStatus } from './order.entity.js';
export { OrderFreight } from './placing/order-freight.entity.js';
export { type LineId, OrderLine } from './order-line.entity.js';
export { CheckoutsService } from './checkouts.service.js';
export { NOT_COUNTED } from './placing/limit.rules.js';
export { ConfirmedReturnRule, LINES_MAX, PlacingInput, RefundNote, UNITS_PER_LINE_MAX } from './order.inputs.js';
export { CheckoutAlreadyPaid, OrderNotRefundable } from './order.refusals.js';
export { NotDelivered } from './placing/price.refusals.js';
export { orderCompleted, orderPaid, orderPaidLate, orderRefunded } from './order.jobs.js';
export { linesOfOrder, orderById, ordersOfCheckout, sealedDeliveryOfOrder } from './order.loaders.js';
export { OrderProgressService } from './order-progress.service.js';
export { checkoutLife, isAllPromisedBack, orderLife, type ShippedLine, unshippedOf } from './order.rules.js';
export { OrdersModule } from './orders.module.js';
export { OrdersService } from './orders.service.js';
export { PlacingService } from './placing/placing.service.js';
export { RefundLine } from './refunding/refund-line.entity.js';
export { type CancellationListener, Cancellations } from './refunding/cancellations.js';
export {
  type LineShare,
  type RefundedLine,
  type Shares,
  sharesOf,
  type Units,
  unrefunded,
} from './refunding/line-refund.rules.js';
export { RefundingService } from './refunding/refunding.service.js';
export { RestockingService } from './refunding/restocking.service.js';
export { type Earning, type Payee, Payees } from './settlement/payee.js';
export { Settlement, SettlementShare } from './settlement/settlement.entity.js';
export { settlementOfOrder } from './settlement/settlement.loaders.js';
export { SupplierBooks } from './settlement/supplier-books.js';
export { SupplierEntry, type SupplierEntryId, SupplierEntryKind } from './settlement/supplier-entry.entity.js';
export { SupplierRate } from './settlement/supplier-rate.entity.js';
