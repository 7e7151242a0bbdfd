import { Module } from '@nestjs/common';
import { CatalogModule } from '#catalog';
import { IdentityModule } from '#identity';
import { LedgerModule } from '#ledger';
import { PaymentsModule } from '#payments';
import { BulkRefunds } from './refunding/bulk-refunds.js';
import { BuyerFileOrdersResolver } from './lists/buyer-file.fields.resolver.js';
import { Cancellations } from './refunding/cancellations.js';
import { CheckoutsService } from './checkouts.service.js';
import { OrdersClientConfigResolver } from './client-config.resolver.js';
import { OrderDeliveryResolver } from './delivery/deliveries.resolver.js';
import { CheckoutResolver, OrderLineResolver, OrderOfRefundResolver, OrderResolver } from './orders.resolver.js';
import { OrderListsResolver } from './lists/order-lists.resolver.js';
import { OrderListsService } from './lists/order-lists.service.js';
import { OrderProgressService } from './order-progress.service.js';
import { OrdersPersonalData } from './orders.personal-data.js';
import { OrdersService } from './orders.service.js';
import { OrdersWorker } from './orders.worker.js';
import { PlacingService } from './placing/placing.service.js';
import { BreakdownEntryResolver, OrderBreakdownResolver, QuotesResolver } from './placing/prices.resolver.js';
import { QuotesService } from './placing/quotes.service.js';
import { RefundPromises } from './refunding/refund-promises.js';
import { RestockingService } from './refunding/restocking.service.js';
import { RefundingService } from './refunding/refunding.service.js';
import { Payees } from './settlement/payee.js';
import { SettlementResolver, SupplierRatesResolver } from './settlement/settlement.resolver.js';
import { SettlementBook } from './settlement/settlement-book.js';
import { SettlingService } from './settlement/settling.service.js';
import { SupplierBooks } from './settlement/supplier-books.js';
import { UnsettledOrders } from './settlement/unsettled-orders.js';
import { SupplierRatesService } from './settlement/supplier-rates.service.js';

/** Checkouts and their orders: placed, paid, released, refunded, settled. */
@Module({
  imports: [IdentityModule, CatalogModule, LedgerModule, PaymentsModule],
  providers: [
    PlacingService,
    OrdersService,
    RefundPromises,
    RestockingService,
    Cancellations,
    RefundingService,
    OrderProgressService,
    ...[SupplierRatesService, Payees, SupplierBooks, SettlementBook, SettlingService, UnsettledOrders],
    ...[SupplierRatesResolver, SettlementResolver],
    BulkRefunds,
    QuotesService,
    CheckoutsService,
    OrderListsService,
    QuotesResolver,
    OrderBreakdownResolver,
    BreakdownEntryResolver,
    OrderListsResolver,
    BuyerFileOrdersResolver,
    CheckoutResolver,
    OrderResolver,
    OrderLineResolver,
    OrderDeliveryResolver,
    OrderOfRefundResolver,
    OrdersClientConfigResolver,
    OrdersPersonalData,
    OrdersWorker,
  ],
  exports: [
    PlacingService,
    OrdersService,
    CheckoutsService,
    RefundingService,
    RestockingService,
    OrderProgressService,
    Cancellations,
    Payees,
    SupplierBooks,
  ],
})
export class OrdersModule {}
