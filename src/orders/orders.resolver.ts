import { UseInterceptors } from '@nestjs/common';
import { Args, ID, Info, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Sku, skuById, type SkuId } from '#catalog';
import { connectionOf, IdPipe, type Load, Loader, type Page, PageArgs, RefusalsAsResults } from '#common';
import { Allow, CurrentStaff, CurrentViewer, type StaffViewer, type UserId, type Viewer } from '#identity';
import { Payment, paymentOfCheckout, Refund, RefundCase, refundsOfOrder } from '#payments';
import { lookKey, type LookKey, noteLook } from '#privacy';
import { Checkout, type CheckoutId, CheckoutStatus } from './checkout.entity.js';
import { CheckoutsService } from './checkouts.service.js';
import { Order, type OrderId } from './order.entity.js';
import { OrderLine } from './order-line.entity.js';
import { OrderConnection } from './lists/order-lists.resolver.js';
import { OrderListsService } from './lists/order-lists.service.js';
import { BulkAct } from '#audit';
import { BulkRefunds } from './refunding/bulk-refunds.js';
import { CheckoutInput, CheckoutPlaceInput, OrderRefundInput, OrdersRefundInput } from './order.inputs.js';
import { checkoutById, linesOfOrder, orderById, ordersOfCheckout } from './order.loaders.js';
import {
  CheckoutCancelResult,
  CheckoutPlaceResult,
  OrderRefundResult,
  PaymentStartResult,
  type PaySheet,
} from './order.refusals.js';
import { RefundingService } from './refunding/refunding.service.js';

const CheckoutConnection = connectionOf(Checkout);

@Resolver(() => Checkout)
@UseInterceptors(RefusalsAsResults)
export class CheckoutResolver {
  constructor(private readonly service: CheckoutsService) {}

  @Allow('BUYER')
  @Query(() => Checkout, { description: 'A checkout of one’s own.' })
  checkout(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => ID, description: 'The checkout’s id.' }, new IdPipe('checkout')) id: CheckoutId,
  ): Promise<Checkout> {
    return this.service.checkout(viewer.id, id);
  }

  @Allow('BUYER')
  @Query(() => CheckoutConnection, {
    description: 'One’s own checkouts, newest first; those that are HELD wait to be paid.',
  })
  checkouts(
    @CurrentViewer() viewer: Viewer,
    @Args('status', { type: () => CheckoutStatus, nullable: true, description: 'Only those at this status.' })
    status: CheckoutStatus | null | undefined,
    @Args() page: PageArgs,
  ): Promise<Page<Checkout>> {
    return this.service.checkoutsOf(viewer.id, status, page);
  }

  @Allow('BUYER')
  @Mutation(() => CheckoutPlaceResult, {
    description: 'Buy alone, at single prices: holds the goods while the buyer pays.',
  })
  checkoutPlace(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'What to buy.' }) input: CheckoutPlaceInput,
  ): Promise<Checkout> {
    return this.service.place(viewer.id, input);
  }

  @Allow('BUYER')
  @Mutation(() => PaymentStartResult, {
    description: 'Get what `wx.requestPayment` needs. It may be asked again until it is paid.',
  })
  paymentStart(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'What to pay.' }) { checkoutId }: CheckoutInput,
  ): Promise<PaySheet> {
    return this.service.startPayment(viewer.id, checkoutId);
  }

  @Allow('BUYER')
  @Mutation(() => Checkout, {
    description: 'Ask WeChat at once whether the money has arrived, after `wx.requestPayment` has succeeded.',
  })
  paymentConfirm(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'What was paid.' }) { checkoutId }: CheckoutInput,
  ): Promise<Checkout> {
    return this.service.confirmPayment(viewer.id, checkoutId);
  }

  @Allow('BUYER')
  @Mutation(() => CheckoutCancelResult, { description: 'Give up an unpaid checkout; what it holds is released.' })
  checkoutCancel(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'Which one.' }) { checkoutId }: CheckoutInput,
  ): Promise<Checkout> {
    return this.service.cancel(viewer.id, checkoutId);
  }

  @ResolveField(() => [Order], { description: 'One for each supplier.' })
  orders(@Parent() { id }: Checkout, @Loader(ordersOfCheckout) load: Load<CheckoutId, Order[]>): Promise<Order[]> {
    return load(id);
  }

  @ResolveField(() => Payment, { nullable: true, description: 'How it is paid; null if it costs nothing.' })
  payment(
    @Parent() { id }: Checkout,
    @Loader(paymentOfCheckout) load: Load<CheckoutId, Payment | null>,
  ): Promise<Payment | null> {
    return load(id);
  }
}

@Resolver(() => Order)
@UseInterceptors(RefusalsAsResults)
export class OrderResolver {
  constructor(
    private readonly lists: OrderListsService,
    private readonly refunding: RefundingService,
    private readonly bulk: BulkRefunds,
  ) {}

  @Allow('SUPPORT')
  @Query(() => OrderConnection, {
    description: 'What somebody has ordered, newest first, with where it goes masked. For SUPPORT.',
  })
  async ordersOfBuyer(
    @Args('buyerId', { type: () => ID, description: 'Whose orders.' }, new IdPipe('user')) buyerId: UserId,
    @Args() page: PageArgs,
    @Loader(noteLook) note: Load<LookKey, null>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<Order>> {
    await note(lookKey(info, 'ORDERS', buyerId));
    return this.lists.ordersOf(buyerId, page);
  }

  @Allow('FINANCE')
  @Mutation(() => OrderRefundResult, {
    description: 'Give back a part of what was paid for an order, or all of it. For FINANCE.',
  })
  orderRefund(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'For what, how much and why.' }) input: OrderRefundInput,
  ): Promise<Refund> {
    return this.refunding.refundPart(staff.id, input);
  }

  @Allow('FINANCE')
  @Mutation(() => BulkAct, {
    description:
      'Propose to give back all that is left of many orders. Another operator must approve it within 24 hours. For FINANCE.',
  })
  ordersRefund(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Of which orders, and why.' }) input: OrdersRefundInput,
  ): Promise<BulkAct> {
    return this.bulk.propose(staff.id, input);
  }

  @ResolveField(() => Checkout, { description: 'What it was paid with.' })
  checkout(@Parent() { checkoutId }: Order, @Loader(checkoutById) load: Load<CheckoutId, Checkout>): Promise<Checkout> {
    return load(checkoutId);
  }

  @ResolveField(() => [OrderLine], { description: 'What was bought.' })
  lines(@Parent() { id }: Order, @Loader(linesOfOrder) load: Load<OrderId, OrderLine[]>): Promise<OrderLine[]> {
    return load(id);
  }

  @ResolveField(() => [Refund], { description: 'Money that went back or is on its way, oldest first.' })
  refunds(@Parent() { id }: Order, @Loader(refundsOfOrder) load: Load<OrderId, Refund[]>): Promise<Refund[]> {
    return load(id);
  }
}

@Resolver(() => OrderLine)
export class OrderLineResolver {
  @ResolveField(() => Sku, { description: 'The SKU as it is today.' })
  sku(@Parent() { skuId }: OrderLine, @Loader(skuById) load: Load<SkuId, Sku>): Promise<Sku> {
    return load(skuId);
  }
}

/** `payments` does not know orders, so orders adds the field. */
@Resolver(() => RefundCase)
export class OrderOfRefundResolver {
  @ResolveField(() => Order, {
    nullable: true,
    description: 'The order that gives the money back; null if nobody had asked for it.',
  })
  async order(
    @Parent() { orderId }: RefundCase,
    @Loader(orderById) load: Load<OrderId, Order | null>,
    @Loader(noteLook) note: Load<LookKey, null>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Order | null> {
    const order = orderId && (await load(orderId));
    if (order) await note(lookKey(info, 'ORDERS', order.buyerId));
    return order;
  }
}
