import { Injectable } from '@nestjs/common';
import { type ArgsOf, Handles, type JobClaim, type Outcome } from '#jobs';
import { paymentClosed, refundSucceeded, tradeReported } from '#payments';
import { settleCompletedOrders } from './order.jobs.js';
import { OrdersService } from './orders.service.js';
import { RefundingService } from './refunding/refunding.service.js';
import { UnsettledOrders } from './settlement/unsettled-orders.js';

/** What payments and the clock ask of orders. */
@Injectable()
export class OrdersWorker {
  constructor(
    private readonly orders: OrdersService,
    private readonly refunding: RefundingService,
    private readonly unsettled: UnsettledOrders,
  ) {}

  @Handles(tradeReported)
  async capture(report: ArgsOf<typeof tradeReported>, claim: JobClaim): Promise<Outcome> {
    await this.orders.capture(report, claim);
    return 'done';
  }

  @Handles(paymentClosed)
  async release({ checkoutId }: ArgsOf<typeof paymentClosed>, claim: JobClaim): Promise<Outcome> {
    await this.orders.release(checkoutId, claim);
    return 'done';
  }

  @Handles(refundSucceeded)
  async bookRefund(refund: ArgsOf<typeof refundSucceeded>, claim: JobClaim): Promise<Outcome> {
    await this.refunding.bookRefund(refund, claim);
    return 'done';
  }

  @Handles(settleCompletedOrders)
  async settleCompleted(): Promise<Outcome> {
    await this.unsettled.settle();
    return 'done';
  }
}
