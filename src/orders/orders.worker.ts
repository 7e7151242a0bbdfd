import { Injectable } from '@nestjs/common';
import { type ArgsOf, Handles, type JobClaim, type Outcome } from '#jobs';
import { paymentClosed, refundSucceeded, tradeReported } from '#payments';
import { OrdersService } from './orders.service.js';

/** What payments tell orders. */
@Injectable()
export class OrdersWorker {
  constructor(private readonly orders: OrdersService) {}

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
    await this.orders.bookRefund(refund, claim);
    return 'done';
  }
}
