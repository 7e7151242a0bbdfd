import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type ApiContext, type Load, Loader } from '#common';
import { Order, type OrderId, OrderLine } from '#orders';
import { ClaimTerms } from '../applying/claim-terms.js';
import { AfterSale } from '../cases/after-sale.entity.js';
import { afterSalesOfOrder, orderNow } from '../cases/case.loaders.js';

/** `orders` does not know cases, so this module adds the fields. */
@Resolver(() => Order)
export class OrderAfterSalesResolver {
  @ResolveField(() => [AfterSale], { description: 'What was asked back of it, the oldest first.' })
  afterSales(
    @Parent() { id }: Order,
    @Loader(afterSalesOfOrder) load: Load<OrderId, AfterSale[]>,
  ): Promise<AfterSale[]> {
    return load(id);
  }
}

@Resolver(() => OrderLine)
export class LineClaimTermsResolver {
  @ResolveField(() => ClaimTerms, { description: 'What can be asked back of it now.' })
  async claimTerms(
    @Parent() line: OrderLine,
    @Loader(orderNow) load: Load<OrderId, { readonly order: Order; readonly now: Date }>,
    @Context() { language }: ApiContext,
  ): Promise<ClaimTerms> {
    const { order, now } = await load(line.orderId);
    return new ClaimTerms(order, line, { now, language });
  }
}
