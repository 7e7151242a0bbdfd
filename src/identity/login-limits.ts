import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Config, Refused, refuse } from '#common';
import { FailureLimit } from './failure-limit.js';
import { LoginCodeInvalid, SessionEnded, tooManyAttempts } from './identity.refusals.js';

/** How often somebody may try to get in. All of it is counted by field, not by request, so aliases in a document gain nothing. */
@Injectable()
export class LoginLimits {
  /** Login codes that WeChat does not accept, by address. */
  readonly codes: FailureLimit;

  /** Refresh tokens that no phone was given, by address. Phones that come back too late are many, and guess nothing. */
  readonly refreshes: FailureLimit;

  readonly #logins: RateLimiterMemory;

  constructor(config: Config) {
    const seconds = config.LOGIN_LIMIT_SECONDS;
    this.codes = new FailureLimit({
      ...{ failuresMax: config.LOGIN_FAILURES_PER_ADDRESS, seconds },
      isFailure: (error) => error instanceof Refused && error.refusal instanceof LoginCodeInvalid,
    });
    this.refreshes = new FailureLimit({
      ...{ failuresMax: config.REFRESH_FAILURES_PER_ADDRESS, seconds },
      isFailure: (error) => error instanceof Refused && error.refusal instanceof SessionEnded && error.refusal.isGuess,
    });
    this.#logins = new RateLimiterMemory({ points: config.LOGINS_PER_PERSON, duration: seconds });
  }

  /**
   * Counts a login of somebody whose code was good.
   *
   * @throws Refused with TooManyAttempts
   */
  async countLogin(person: Buffer): Promise<void> {
    try {
      await this.#logins.consume(person.toString('base64'));
    } catch (exceeded) {
      if (exceeded instanceof RateLimiterRes) refuse(tooManyAttempts(exceeded));
      throw exceeded;
    }
  }
}
