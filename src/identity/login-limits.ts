import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Config, Refused, refuse } from '#common';
import { FailureLimit } from './failure-limit.js';
import { LoginCodeInvalid, SessionEnded, tooManyAttempts } from './identity.refusals.js';
import type { UserId } from './user.entity.js';

/** How often somebody may try to get in, or ask WeChat for a telephone number. All of it is counted by field, not by request, so aliases in a document gain nothing. */
@Injectable()
export class LoginLimits {
  /** Login codes that WeChat does not accept, by address. */
  readonly codes: FailureLimit;

  /** Refresh tokens that no phone was given, by address. Phones that come back too late are many, and guess nothing. */
  readonly refreshes: FailureLimit;

  readonly #logins: RateLimiterMemory;
  readonly #phoneCodes: RateLimiterMemory;

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
    this.#phoneCodes = new RateLimiterMemory({ points: config.PHONE_CODES_PER_PERSON, duration: seconds });
  }

  /**
   * Counts a login of somebody whose code was good.
   *
   * @throws Refused with TooManyAttempts
   */
  async countLogin(person: Buffer): Promise<void> {
    await consume(this.#logins, person.toString('base64'));
  }

  /**
   * Counts a telephone number that somebody asks WeChat for; each costs the shop money.
   *
   * @throws Refused with TooManyAttempts
   */
  async countPhoneCode(userId: UserId): Promise<void> {
    await consume(this.#phoneCodes, userId);
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (exceeded) {
    if (exceeded instanceof RateLimiterRes) refuse(tooManyAttempts(exceeded));
    throw exceeded;
  }
}
