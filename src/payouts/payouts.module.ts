import { Module } from '@nestjs/common';
import { OrdersModule } from '#orders';
import { PayoutsResolver } from './payouts.resolver.js';
import { PayoutsService } from './payouts.service.js';
import { PayoutsWorker } from './payouts.worker.js';
import { StatementsService } from './statements.service.js';
import {
  SupplierAccountResolver,
  SupplierEntryResolver,
  SupplierMoneyResolver,
  SupplierOfIncomeResolver,
  SupplierOfPayoutResolver,
} from './supplier-money.resolver.js';
import { SupplierMoneyService } from './supplier-money.service.js';

/** What suppliers are owed: statements by the month, payouts, what is reported of their income. */
@Module({
  imports: [OrdersModule],
  providers: [
    ...[PayoutsService, StatementsService, SupplierMoneyService, PayoutsWorker],
    ...[PayoutsResolver, SupplierMoneyResolver, SupplierAccountResolver],
    ...[SupplierEntryResolver, SupplierOfPayoutResolver, SupplierOfIncomeResolver],
  ],
})
export class PayoutsModule {}
