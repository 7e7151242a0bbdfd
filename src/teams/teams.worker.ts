import { Injectable } from '@nestjs/common';
import { type ArgsOf, Handles, type JobClaim, type Outcome } from '#jobs';
import { orderCompleted, orderPaid, orderPaidLate, orderRefunded } from '#orders';
import { paymentClosed } from '#payments';
import { FormingService } from './forming.service.js';
import { expireTeams, refundSeat } from './team.jobs.js';
import { TeamsService } from './teams.service.js';

/** What the clock and other modules' facts ask of teams. */
@Injectable()
export class TeamsWorker {
  constructor(
    private readonly teams: TeamsService,
    private readonly forming: FormingService,
  ) {}

  @Handles(orderPaid)
  async paySeat({ orderId }: ArgsOf<typeof orderPaid>, claim: JobClaim): Promise<Outcome> {
    await this.teams.paySeat(orderId, claim);
    return 'done';
  }

  @Handles(orderPaidLate)
  async payLate({ orderId }: ArgsOf<typeof orderPaidLate>, claim: JobClaim): Promise<Outcome> {
    await this.teams.payLate(orderId, claim);
    return 'done';
  }

  @Handles(paymentClosed)
  async release({ checkoutId }: ArgsOf<typeof paymentClosed>, claim: JobClaim): Promise<Outcome> {
    await this.teams.release(checkoutId, claim);
    return 'done';
  }

  @Handles(refundSeat)
  async refund({ seatId }: ArgsOf<typeof refundSeat>, claim: JobClaim): Promise<Outcome> {
    await this.teams.refundSeat(seatId, claim);
    return 'done';
  }

  @Handles(orderRefunded)
  async bookRefund({ orderId }: ArgsOf<typeof orderRefunded>, claim: JobClaim): Promise<Outcome> {
    await this.teams.bookRefund(orderId, claim);
    return 'done';
  }

  @Handles(orderCompleted)
  async close({ orderId }: ArgsOf<typeof orderCompleted>, claim: JobClaim): Promise<Outcome> {
    await this.teams.closeOf(orderId, claim);
    return 'done';
  }

  @Handles(expireTeams)
  async expire(): Promise<Outcome> {
    await this.forming.expire();
    return 'done';
  }
}
