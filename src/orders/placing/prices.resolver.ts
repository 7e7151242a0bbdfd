import { UseInterceptors } from '@nestjs/common';
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Supplier, supplierById, type SupplierId } from '#catalog';
import { type ApiContext, type Load, Loader, RefusalsAsResults } from '#common';
import { Allow, CurrentViewer, type Viewer } from '#identity';
import { BreakdownEntry, breakdownOf } from './breakdown.js';
import { type CheckoutQuote, QuotedOrder } from './checkout-quote.js';
import { Order, type OrderId } from '../order.entity.js';
import { CheckoutQuoteInput } from '../order.inputs.js';
import { freightsOfOrder, linesOfOrder } from '../order.loaders.js';
import type { OrderFreight } from './order-freight.entity.js';
import type { OrderLine } from '../order-line.entity.js';
import { CheckoutQuoteResult } from '../order.refusals.js';
import { QuotesService } from './quotes.service.js';

/** What things cost and why. */
@Resolver(() => QuotedOrder)
@UseInterceptors(RefusalsAsResults)
export class QuotesResolver {
  constructor(private readonly quotes: QuotesService) {}

  @Allow('BUYER')
  @Query(() => CheckoutQuoteResult, {
    description: 'What `checkoutPlace` would cost now with the same lines and delivery, or what it would refuse.',
  })
  checkoutQuote(
    @CurrentViewer() { id }: Viewer,
    @Args('input', { description: 'What to buy, and where it would go.' }) input: CheckoutQuoteInput,
  ): Promise<CheckoutQuote> {
    return this.quotes.quote(id, input);
  }

  @ResolveField(() => Supplier, { description: 'Whose goods.' })
  supplier(
    @Parent() { supplierId }: QuotedOrder,
    @Loader(supplierById) load: Load<SupplierId, Supplier>,
  ): Promise<Supplier> {
    return load(supplierId);
  }
}

@Resolver(() => Order)
export class OrderBreakdownResolver {
  @ResolveField(() => [BreakdownEntry], {
    description: 'Every part of its price, as it was when it was placed; they sum to `payableMinor`.',
  })
  async breakdown(
    @Parent() { id }: Order,
    @Loader(linesOfOrder) linesOf: Load<OrderId, OrderLine[]>,
    @Loader(freightsOfOrder) freightsOf: Load<OrderId, OrderFreight[]>,
  ): Promise<BreakdownEntry[]> {
    const [lines, freights] = await Promise.all([linesOf(id), freightsOf(id)]);
    return breakdownOf(lines, freights);
  }
}

@Resolver(() => BreakdownEntry)
export class BreakdownEntryResolver {
  @ResolveField(() => String, { description: 'What it is and how it comes about, for the buyer to read.' })
  text(@Parent() { texts }: BreakdownEntry, @Context() { language }: ApiContext): string {
    return texts[language];
  }
}
