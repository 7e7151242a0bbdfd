import { UseInterceptors } from '@nestjs/common';
import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Sku, skuById, type SkuId } from '#catalog';
import { connectionOf, IdPipe, type Load, Loader, type Page, PageArgs, RefusalsAsResults } from '#common';
import { Allow, CurrentViewer, type Viewer } from '#identity';
import { Payment, paymentOfCheckout, Refund, refundsOfOrder } from '#payments';
import { Checkout, type CheckoutId } from './checkout.entity.js';
import { CheckoutsService } from './checkouts.service.js';
import { Order, type OrderId } from './order.entity.js';
import { OrderLine } from './order-line.entity.js';
import { CheckoutInput, CheckoutPlaceInput } from './order.inputs.js';
import { checkoutById, linesOfOrder, ordersOfCheckout } from './order.loaders.js';
import { CheckoutCancelResult, CheckoutPlaceResult, PaymentStartResult, type PaySheet } from './order.refusals.js';

const OrderConnection = connectionOf(Order);

@Resolver(() => Checkout)
@UseInterceptors(RefusalsAsResults)
export class CheckoutResolver {
  constructor(private readonly checkouts: CheckoutsService) {}

  @Allow('BUYER')
  @Query(() => Checkout, { description: 'A checkout of one’s own.' })
  checkout(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => ID, description: 'The checkout’s id.' }, new IdPipe('checkout')) id: CheckoutId,
  ): Promise<Checkout> {
    return this.checkouts.checkout(viewer.id, id);
  }

  @Allow('BUYER')
  @Mutation(() => CheckoutPlaceResult, {
    description: 'Buy alone, at single prices: holds the goods while the buyer pays.',
  })
  checkoutPlace(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'What to buy.' }) input: CheckoutPlaceInput,
  ): Promise<Checkout> {
    return this.checkouts.place(viewer.id, input);
  }

  @Allow('BUYER')
  @Mutation(() => PaymentStartResult, {
    description: 'Get what `wx.requestPayment` needs. It may be asked again until it is paid.',
  })
  paymentStart(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'What to pay.' }) { checkoutId }: CheckoutInput,
  ): Promise<PaySheet> {
    return this.checkouts.startPayment(viewer.id, checkoutId);
  }

  @Allow('BUYER')
  @Mutation(() => Checkout, {
    description: 'Ask WeChat at once whether the money has arrived, after `wx.requestPayment` has succeeded.',
  })
  paymentConfirm(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'What was paid.' }) { checkoutId }: CheckoutInput,
  ): Promise<Checkout> {
    return this.checkouts.confirmPayment(viewer.id, checkoutId);
  }

  @Allow('BUYER')
  @Mutation(() => CheckoutCancelResult, { description: 'Give up an unpaid checkout; what it holds is released.' })
  checkoutCancel(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'Which one.' }) { checkoutId }: CheckoutInput,
  ): Promise<Checkout> {
    return this.checkouts.cancel(viewer.id, checkoutId);
  }

  @ResolveField(() => [Order], { description: 'One for each supplier.' })
  orders(@Parent() { id }: Checkout, @Loader(ordersOfCheckout) load: Load<CheckoutId, Order[]>): Promise<Order[]> {
    return load(id);
  }

  @ResolveField(() => Payment, { description: 'How it is paid.' })
  payment(@Parent() { id }: Checkout, @Loader(paymentOfCheckout) load: Load<CheckoutId, Payment>): Promise<Payment> {
    return load(id);
  }
}

@Resolver(() => Order)
export class OrderResolver {
  constructor(private readonly checkouts: CheckoutsService) {}

  @Allow('BUYER')
  @Query(() => OrderConnection, { description: 'One’s own orders, newest first.' })
  orders(@CurrentViewer() viewer: Viewer, @Args() page: PageArgs): Promise<Page<Order>> {
    return this.checkouts.ordersOf(viewer.id, page);
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
