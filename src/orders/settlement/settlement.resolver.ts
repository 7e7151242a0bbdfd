import { UseInterceptors } from '@nestjs/common';
import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { SupplierId } from '#catalog';
import { connectionOf, IdPipe, type Load, Loader, type Page, PageArgs, RefusalsAsResults } from '#common';
import { Allow, CurrentStaff, CurrentSupplierId, type StaffViewer } from '#identity';
import type { OrderId } from '../order.entity.js';
import { Settlement, SettlementShare } from './settlement.entity.js';
import { SupplierRateSetInput } from './settlement.inputs.js';
import { entriesOfOrder, settlementOfOrder, sharesOfOrder } from './settlement.loaders.js';
import { SupplierRateSetResult } from './settlement.refusals.js';
import { SupplierEntry } from './supplier-entry.entity.js';
import { SupplierRate } from './supplier-rate.entity.js';
import { SupplierRatesService } from './supplier-rates.service.js';

const SupplierRateConnection = connectionOf(SupplierRate);

/** What commission the shop takes. */
@Resolver(() => SupplierRate)
@UseInterceptors(RefusalsAsResults)
export class SupplierRatesResolver {
  constructor(private readonly rates: SupplierRatesService) {}

  @Allow('FINANCE')
  @Query(() => SupplierRateConnection, { description: 'The rates of a supplier, the last set first. For FINANCE.' })
  supplierRates(
    @Args('supplierId', { type: () => ID, description: 'Which supplier.' }, new IdPipe('supplier')) id: SupplierId,
    @Args() page: PageArgs,
  ): Promise<Page<SupplierRate>> {
    return this.rates.page(id, page);
  }

  @Allow('SUPPLIER')
  @Query(() => SupplierRateConnection, {
    description: 'The rates of the supplier that one works for, the last set first. For SUPPLIER.',
  })
  ownRates(@CurrentSupplierId() id: SupplierId, @Args() page: PageArgs): Promise<Page<SupplierRate>> {
    return this.rates.page(id, page);
  }

  @Allow('FINANCE')
  @Mutation(() => SupplierRateSetResult, {
    description: 'Set the commission on a supplier’s goods that are ordered from a time on. For FINANCE.',
  })
  supplierRateSet(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Whose, how much, and from when.' }) input: SupplierRateSetInput,
  ): Promise<SupplierRate> {
    return this.rates.set(staff.id, input);
  }
}

/** How orders were settled, and what stands behind the sums. */
@Resolver(() => Settlement)
export class SettlementResolver {
  @Allow('FINANCE')
  @Query(() => Settlement, {
    nullable: true,
    description: 'Who got how much of an order; null unless it is completed. For FINANCE.',
  })
  orderSettlement(
    @Args('orderId', { type: () => ID, description: 'Which order.' }, new IdPipe('order')) id: OrderId,
    @Loader(settlementOfOrder) load: Load<OrderId, Settlement | null>,
  ): Promise<Settlement | null> {
    return load(id);
  }

  @ResolveField(() => [SettlementShare], { description: 'What others than shop and supplier earned of it.' })
  shares(
    @Parent() { orderId }: Settlement,
    @Loader(sharesOfOrder) load: Load<OrderId, SettlementShare[]>,
  ): Promise<SettlementShare[]> {
    return load(orderId);
  }

  @ResolveField(() => [SupplierEntry], { description: 'What it brought its supplier and took again, the first first.' })
  entries(
    @Parent() { orderId }: Settlement,
    @Loader(entriesOfOrder) load: Load<OrderId, SupplierEntry[]>,
  ): Promise<SupplierEntry[]> {
    return load(orderId);
  }
}
