import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { refuse } from '#common';
import { tooManyAttempts } from '#identity';
import type { UploaderId } from './image.queries.js';
import { UPLOAD_STEPS_PER_MINUTE } from './image.limits.js';

const MINUTE_SECONDS = 60;

/** How fast one person may upload. It counts in this process only (docs/adr/0009-limits-in-the-process.md). */
@Injectable()
export class UploadLimits {
  readonly #steps = new RateLimiterMemory({ points: UPLOAD_STEPS_PER_MINUTE, duration: MINUTE_SECONDS });

  /** @throws Refused with TooManyAttempts */
  async countStep(person: UploaderId): Promise<void> {
    try {
      await this.#steps.consume(person);
    } catch (exceeded) {
      if (exceeded instanceof RateLimiterRes) refuse(tooManyAttempts(exceeded));
      throw exceeded;
    }
  }
}
