import { Injectable } from '@nestjs/common';
import { type ArgsOf, Handles, type JobClaim, type Outcome } from '#jobs';
import { closeOverduePayments, driveRefund, queryPendingPayments, refundReported } from './payment.jobs.js';
import { ChannelService } from './channel.service.js';
import { RefundsService } from './refunds.service.js';

/** What the clock and the channel's reports ask of payments. */
@Injectable()
export class PaymentsWorker {
  constructor(
    private readonly channel: ChannelService,
    private readonly refunds: RefundsService,
  ) {}

  @Handles(driveRefund)
  drive({ refundId }: ArgsOf<typeof driveRefund>): Promise<Outcome> {
    return this.refunds.drive(refundId);
  }

  @Handles(refundReported)
  async settle(report: ArgsOf<typeof refundReported>, claim: JobClaim): Promise<Outcome> {
    await this.refunds.settle(report, claim);
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
