import { Injectable } from '@nestjs/common';
import { afterSaleDecided } from '#after-sale';
import { parcelShipped } from '#fulfilment';
import { type ArgsOf, Handles, type JobClaim, type Outcome } from '#jobs';
import { refundSucceeded } from '#payments';
import { teamFailed, teamFormed } from '#teams';
import { wechatPushed } from '#wechat';
import { MessagePushes } from './grants/message-pushes.js';
import { deliverDueMessages } from './message.jobs.js';
import { OccasionsService } from './occasions.service.js';
import { DeliveryDriver } from './sending/delivery.driver.js';

/** What the clock, WeChat's pushes and other modules' facts ask of messages. */
@Injectable()
export class NotificationsWorker {
  constructor(
    private readonly occasions: OccasionsService,
    private readonly pushes: MessagePushes,
    private readonly driver: DeliveryDriver,
  ) {}

  @Handles(teamFormed)
  async tellOfTeam({ teamId }: ArgsOf<typeof teamFormed>, claim: JobClaim): Promise<Outcome> {
    await this.occasions.teamFormed(teamId, claim);
    return 'done';
  }

  @Handles(teamFailed)
  async tellOfFailure({ seatId }: ArgsOf<typeof teamFailed>, claim: JobClaim): Promise<Outcome> {
    await this.occasions.teamFailed(seatId, claim);
    return 'done';
  }

  @Handles(parcelShipped)
  async tellOfParcel({ parcelId }: ArgsOf<typeof parcelShipped>, claim: JobClaim): Promise<Outcome> {
    await this.occasions.parcelShipped(parcelId, claim);
    return 'done';
  }

  @Handles(refundSucceeded)
  async tellOfRefund({ refundId, orderId }: ArgsOf<typeof refundSucceeded>, claim: JobClaim): Promise<Outcome> {
    await this.occasions.refundSucceeded(refundId, orderId, claim);
    return 'done';
  }

  @Handles(afterSaleDecided)
  async tellOfDecision(decided: ArgsOf<typeof afterSaleDecided>, claim: JobClaim): Promise<Outcome> {
    await this.occasions.afterSaleDecided(decided, claim);
    return 'done';
  }

  @Handles(wechatPushed)
  heedPush({ pushId }: ArgsOf<typeof wechatPushed>, claim: JobClaim): Promise<Outcome> {
    return this.pushes.work(pushId, claim);
  }

  @Handles(deliverDueMessages)
  async deliverDue(): Promise<Outcome> {
    await this.driver.deliverDue();
    return 'done';
  }
}
