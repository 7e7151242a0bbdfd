import { Injectable } from '@nestjs/common';
import { type ArgsOf, Handles, type JobClaim, type Outcome } from '#jobs';
import { ErasureService } from './erasure.service.js';
import { applyRetention, eraseAccount } from './privacy.jobs.js';
import { RetentionService } from './retention.service.js';

@Injectable()
export class PrivacyWorker {
  constructor(
    private readonly erasure: ErasureService,
    private readonly retention: RetentionService,
  ) {}

  @Handles(eraseAccount)
  async erase({ userId }: ArgsOf<typeof eraseAccount>, claim: JobClaim): Promise<Outcome> {
    await this.erasure.finish(userId, claim);
    return 'done';
  }

  @Handles(applyRetention)
  async letGo(): Promise<Outcome> {
    await this.retention.apply();
    return 'done';
  }
}
