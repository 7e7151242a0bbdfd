import { Injectable } from '@nestjs/common';
import { type ArgsOf, Handles, type JobClaim, type Outcome } from '#jobs';
import { paymentClosed, refundSucceeded, tradeReported } from '#payments';
import { OrdersService } from './orders.service.js';
import { RefundingService } from './refunding/refunding.service.js';

/** What payments tell orders. */
@Injectable()
export class OrdersWorker {
  constructor(
    private readonly orders: OrdersService,
    private readonly refunding: RefundingService,
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
}
