import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import { type ApiContext, connectionOf, IdPipe, type Page, PageArgs } from '#common';
import { Allow, CurrentViewer, type Viewer } from '#identity';
import { Order, type OrderId } from '../order.entity.js';
import { OrderAgainLine } from './order-again.js';
import { OrderListsService } from './order-lists.service.js';
import { OrderTab, OrderTabCount } from './order-tab.js';

export const OrderConnection = connectionOf(Order);

@Resolver(() => Order)
export class OrderListsResolver {
  constructor(private readonly lists: OrderListsService) {}

  @Allow('BUYER')
  @Query(() => OrderConnection, { description: 'One’s own orders, newest first.' })
  orders(
    @CurrentViewer() { id }: Viewer,
    @Args() page: PageArgs,
    @Args('tab', { type: () => OrderTab, nullable: true, description: 'Only those under this tab.' })
    tab?: OrderTab | null,
  ): Promise<Page<Order>> {
    return this.lists.ordersOf(id, page, tab);
  }

  @Allow('BUYER')
  @Query(() => [OrderTabCount], { description: 'How many orders one has under each tab, in the order of the tabs.' })
  orderCounts(@CurrentViewer() { id }: Viewer): Promise<OrderTabCount[]> {
    return this.lists.counts(id);
  }

  @Allow('BUYER')
  @Query(() => [OrderAgainLine], {
    description:
      'The lines of one’s own order as they could be bought alone now; those with a `quantity` go into `checkoutQuote` and `checkoutPlace`.',
  })
  async orderAgain(
    @CurrentViewer() { id }: Viewer,
    @Args('orderId', { type: () => ID, description: 'Which order.' }, new IdPipe('order')) orderId: OrderId,
    @Context() { language }: ApiContext,
  ): Promise<OrderAgainLine[]> {
    const lines = await this.lists.again(id, orderId);
    return lines.map((line) => ({ ...line, whyNot: line.whyNot?.speak(language) ?? null }));
  }
}
