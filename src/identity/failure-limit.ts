import { RateLimiterMemory } from 'rate-limiter-flexible';
import { refuse } from '#common';
import { networkOf } from './client-address.js';
import { tooManyAttempts } from './identity.refusals.js';

export interface FailureLimitOptions {
  readonly failuresMax: number;
  readonly seconds: number;
  readonly isFailure: (error: unknown) => boolean;
}

/**
 * Lets an address fail so often in a while and no more; what succeeds is not counted, because a whole city may come from one address.
 * An attempt that may still fail counts as if it had, so that a hundred at once get no further than a hundred in a row: those beyond
 * the limit wait until it is known how the others ended. It counts in this process only (docs/adr/0009-limits-in-the-process.md).
 */
export class FailureLimit {
  readonly #failures: RateLimiterMemory;
  readonly #underWay = new Map<string, Set<Promise<void>>>();

  constructor(private readonly options: FailureLimitOptions) {
    this.#failures = new RateLimiterMemory({ points: options.failuresMax, duration: options.seconds });
  }

  /**
   * Does `work` for somebody at an address.
   *
   * @throws Refused with TooManyAttempts, before anything is done; whatever `work` throws
   */
  async attempt<Result>(address: string, work: () => Promise<Result>): Promise<Result> {
    const network = networkOf(address);
    for (;;) {
      const failed = await this.#failures.get(network);
      const failures = failed?.consumedPoints ?? 0;
      if (failed && failures >= this.options.failuresMax) refuse(tooManyAttempts(failed));
      const underWay = this.#underWay.get(network) ?? new Set();
      if (failures + underWay.size < this.options.failuresMax)
        return this.#track(network, this.#count(network, work()));
      await Promise.race(underWay);
    }
  }

  async #count<Result>(network: string, work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (error) {
      if (this.options.isFailure(error)) await this.#failures.penalty(network);
      throw error;
    }
  }

  async #track<Result>(network: string, attempt: Promise<Result>): Promise<Result> {
    const ended = attempt.then(
      () => undefined,
      () => undefined,
    );
    const underWay = this.#underWay.get(network) ?? new Set();
    this.#underWay.set(network, underWay.add(ended));
    try {
      return await attempt;
    } finally {
      underWay.delete(ended);
      if (underWay.size === 0) this.#underWay.delete(network);
    }
  }
}
