import { UseInterceptors } from '@nestjs/common';
import { Args, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Load, Loader, RefusalsAsResults } from '#common';
import { Allow, type Caller, CurrentStaff, MaybeCaller, type StaffViewer } from '#identity';
import { mayWorkOn } from '../callers.js';
import type { Product, ProductId } from '../products/product.entity.js';
import { productById } from '../products/product.loaders.js';
import { Sku, type SkuId } from '../products/sku.entity.js';
import { StockCountsService } from './stock-counts.service.js';
import { Stock } from './stock.entity.js';
import { StockAdjustInput, StockReceiveInput } from './stock.inputs.js';
import { stockOfSku } from './stock.loaders.js';
import { StockChangeResult, StockReceiveResult } from './stock.refusals.js';

/** Stock has two doors, because a field is for one role: the shop's staff work on all goods, a supplier's people on their own. */
@Resolver(() => Sku)
@UseInterceptors(RefusalsAsResults)
export class StockResolver {
  constructor(private readonly counts: StockCountsService) {}

  @Allow('CATALOG')
  @Mutation(() => StockReceiveResult, { description: 'Take in goods that have come. For CATALOG.' })
  stockReceive(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Of which SKU, how many, and why.' }) input: StockReceiveInput,
  ): Promise<Sku> {
    return this.counts.receive(staff, input);
  }

  @Allow('CATALOG')
  @Mutation(() => StockChangeResult, { description: 'Put right what is on hand after a count. For CATALOG.' })
  stockAdjust(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Of which SKU, by how many, and why.' }) input: StockAdjustInput,
  ): Promise<Sku> {
    return this.counts.adjust(staff, input);
  }

  @Allow('SUPPLIER')
  @Mutation(() => StockReceiveResult, {
    description: 'Take in goods of the supplier that one works for. For SUPPLIER.',
  })
  suppliedStockReceive(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Of which SKU, how many, and why.' }) input: StockReceiveInput,
  ): Promise<Sku> {
    return this.counts.receive(staff, input);
  }

  @Allow('SUPPLIER')
  @Mutation(() => StockChangeResult, {
    description: 'Put right what is on hand of the supplier that one works for. For SUPPLIER.',
  })
  suppliedStockAdjust(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Of which SKU, by how many, and why.' }) input: StockAdjustInput,
  ): Promise<Sku> {
    return this.counts.adjust(staff, input);
  }

  @ResolveField(() => Stock, { description: 'How much of it there is.' })
  stock(@Parent() sku: Sku, @Loader(stockOfSku) load: Load<SkuId, Stock>): Promise<Stock> {
    return load(sku.id);
  }

  @ResolveField(() => Int, {
    nullable: true,
    description:
      'At so few units on hand the shop is warned; null if it is not, and for whoever is neither of CATALOG nor works for its supplier.',
  })
  async lowStockUnits(
    @Parent() { productId, lowStockUnits }: Sku,
    @MaybeCaller() caller: Caller | null,
    @Loader(productById) productOf: Load<ProductId, Product>,
  ): Promise<number | null> {
    return mayWorkOn(caller, await productOf(productId)) ? lowStockUnits : null;
  }
}
