import { Args, Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { connectionOf, type Load, Loader, type Page, PageArgs } from '#common';
import { Refund } from '#payments';
import { BuyerFile, lookKey, type LookKey, noteLook } from '#privacy';
import type { Order } from '../order.entity.js';
import { OrderConnection } from './order-lists.resolver.js';
import { OrderListsService } from './order-lists.service.js';
import { OrderTab, OrderTabCount } from './order-tab.js';

const RefundConnection = connectionOf(Refund);

/** What orders know of a buyer. */
@Resolver(() => BuyerFile)
export class BuyerFileOrdersResolver {
  constructor(private readonly lists: OrderListsService) {}

  @ResolveField(() => OrderConnection, { description: 'What the buyer has ordered, newest first.' })
  async orders(
    @Parent() { buyer }: BuyerFile,
    @Args() page: PageArgs,
    @Args('tab', { type: () => OrderTab, nullable: true, description: 'Only those under this tab.' })
    tab: OrderTab | null | undefined,
    @Loader(noteLook) note: Load<LookKey, null>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<Order>> {
    await note(lookKey(info, 'ORDERS', buyer.id));
    return this.lists.ordersOf(buyer.id, page, tab);
  }

  @ResolveField(() => [OrderTabCount], { description: 'How many orders the buyer has under each tab.' })
  async orderCounts(
    @Parent() { buyer }: BuyerFile,
    @Loader(noteLook) note: Load<LookKey, null>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<OrderTabCount[]> {
    await note(lookKey(info, 'ORDERS', buyer.id));
    return this.lists.counts(buyer.id);
  }

  @ResolveField(() => RefundConnection, {
    description:
      'Money that went back to the buyer or is on its way, newest first, also what was paid twice or too late.',
  })
  async refunds(
    @Parent() { buyer }: BuyerFile,
    @Args() page: PageArgs,
    @Loader(noteLook) note: Load<LookKey, null>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<Refund>> {
    await note(lookKey(info, 'PAYMENTS', buyer.id));
    return this.lists.refundsOf(buyer.id, page);
  }
}
