import { UseInterceptors } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { RefusalsAsResults } from '#common';
import { Allow, CurrentViewer, type Viewer } from '#identity';
import { Order } from '#orders';
import { OrderReceiveInput, ReceiptExtendInput } from './receipt.inputs.js';
import { OrderReceiveResult, ReceiptExtendResult } from './receipt.refusals.js';
import { ReceiptsService } from './receipts.service.js';

@Resolver(() => Order)
@UseInterceptors(RefusalsAsResults)
export class ReceiptsResolver {
  constructor(private readonly receipts: ReceiptsService) {}

  @Allow('BUYER')
  @Mutation(() => OrderReceiveResult, {
    description: 'Say that all of an order has come. Saying so again changes nothing.',
  })
  orderReceive(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'Which order.' }) { orderId }: OrderReceiveInput,
  ): Promise<Order> {
    return this.receipts.receive(viewer.id, orderId);
  }

  @Allow('BUYER')
  @Mutation(() => ReceiptExtendResult, {
    description: 'Put off the time at which an order counts as received, by three days and once.',
  })
  receiptExtend(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'Which order.' }) input: ReceiptExtendInput,
  ): Promise<Order> {
    return this.receipts.extend(viewer.id, input);
  }
}
