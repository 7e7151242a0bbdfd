import { Injectable } from '@nestjs/common';
import { type ArgsOf, Handles, type JobClaim, type Outcome } from '#jobs';
import { orderRefunded } from '#orders';
import { refundSucceeded } from '#payments';
import { endDueAfterSales, purgeAfterSaleEvidence } from './after-sale.jobs.js';
import { CaseOutcomesService } from './cases/case-outcomes.service.js';
import { EvidenceService } from './cases/evidence.service.js';
import { AfterSaleClockService } from './deciding/clock.service.js';

/** What the clock and other modules' facts ask of after-sale. */
@Injectable()
export class AfterSaleWorker {
  constructor(
    private readonly clock: AfterSaleClockService,
    private readonly outcomes: CaseOutcomesService,
    private readonly evidence: EvidenceService,
  ) {}

  @Handles(refundSucceeded)
  async noteRefund({ refundId }: ArgsOf<typeof refundSucceeded>, claim: JobClaim): Promise<Outcome> {
    await this.outcomes.refunded(refundId, claim);
    return 'done';
  }

  @Handles(orderRefunded)
  async noteOrder({ orderId }: ArgsOf<typeof orderRefunded>, claim: JobClaim): Promise<Outcome> {
    await this.outcomes.orderRefunded(orderId, claim);
    return 'done';
  }

  @Handles(endDueAfterSales)
  async endDue(): Promise<Outcome> {
    await this.clock.endDue();
    return 'done';
  }

  @Handles(purgeAfterSaleEvidence)
  async purgeEvidence(): Promise<Outcome> {
    await this.evidence.purge();
    return 'done';
  }
}
