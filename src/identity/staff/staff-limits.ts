import { Injectable } from '@nestjs/common';
import { Config, Refused } from '#common';
import { networkOf } from '../client-address.js';
import { FailureLimit } from '../failure-limit.js';
import { isRecoveryCode } from './staff-codes.js';
import { EnrolmentFailed, StaffLoginFailed } from './staff.refusals.js';

/** Whoever mistypes more often from one address should look for the paper with the password. */
const FAILURES_PER_NAME_AND_ADDRESS = 5;
/** From all addresses together: a guess of six digits is right in 3 of a million cases, so a thief of the password needs four months on average. */
const FAILURES_PER_NAME = 20;

interface Guess {
  readonly loginName: string;
  readonly code: string;
  readonly address: string;
}

/**
 * How often somebody may try to get in as one of the staff: by address, by name, and by both. A name that is not there counts like one that is.
 * Recovery codes cannot be guessed, so they are not counted by the name alone: whoever is shut out by a stranger's guesses gets in with one.
 */
@Injectable()
export class StaffLimits {
  readonly #addresses: FailureLimit;
  readonly #pairs: FailureLimit;
  readonly #names: FailureLimit;

  constructor(config: Config) {
    const limitOf = (failuresMax: number): FailureLimit =>
      new FailureLimit({ failuresMax, seconds: config.LOGIN_LIMIT_SECONDS, isFailure });
    this.#addresses = limitOf(config.LOGIN_FAILURES_PER_ADDRESS);
    this.#pairs = limitOf(FAILURES_PER_NAME_AND_ADDRESS);
    this.#names = limitOf(FAILURES_PER_NAME);
  }

  /** @throws Refused with TooManyAttempts, before anything is done; whatever `work` throws */
  guess<Result>({ loginName, code, address }: Guess, work: () => Promise<Result>): Promise<Result> {
    const inName = (): Promise<Result> => (isRecoveryCode(code) ? work() : this.#names.attempt(loginName, work));
    const inPair = (): Promise<Result> => this.#pairs.attempt(`${loginName} at ${networkOf(address)}`, inName);
    return this.#addresses.attempt(address, inPair);
  }

  /** @throws Refused with TooManyAttempts, before anything is done; whatever `work` throws */
  enrol<Result>(address: string, work: () => Promise<Result>): Promise<Result> {
    return this.#addresses.attempt(address, work);
  }
}

function isFailure(error: unknown): boolean {
  const failures = [StaffLoginFailed, EnrolmentFailed];
  return error instanceof Refused && failures.some((failure) => error.refusal instanceof failure);
}
