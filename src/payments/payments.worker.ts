import { Injectable } from '@nestjs/common';
import { type ArgsOf, Handles, type JobClaim, type Outcome } from '#jobs';
import { ChannelService } from './channel.service.js';
import {
  closeOverduePayments,
  closePayment,
  driveRefund,
  queryOwedRefunds,
  queryPendingPayments,
  refundReported,
} from './payment.jobs.js';
import { RefundDriver } from './refund.driver.js';
import { RefundsService } from './refunds.service.js';

/** What the clock and the channel's reports ask of payments. */
@Injectable()
export class PaymentsWorker {
  constructor(
    private readonly channel: ChannelService,
    private readonly refunds: RefundsService,
    private readonly driver: RefundDriver,
  ) {}

  @Handles(driveRefund)
  drive({ refundId }: ArgsOf<typeof driveRefund>): Promise<Outcome> {
    return this.driver.drive(refundId);
  }

  @Handles(refundReported)
  async settle(report: ArgsOf<typeof refundReported>, claim: JobClaim): Promise<Outcome> {
    await this.refunds.settle(report, claim);
    return 'done';
  }

  @Handles(queryOwedRefunds)
  async queryOwed(): Promise<Outcome> {
    await this.driver.queryOwed();
    return 'done';
  }

  @Handles(closePayment)
  async close({ paymentId }: ArgsOf<typeof closePayment>): Promise<Outcome> {
    await this.channel.close(paymentId);
    return 'done';
  }

  @Handles(closeOverduePayments)
  async closeOverdue(): Promise<Outcome> {
    await this.channel.closeOverdue();
    return 'done';
  }

  @Handles(queryPendingPayments)
  async queryPending(): Promise<Outcome> {
    await this.channel.queryPending();
    return 'done';
  }
}
