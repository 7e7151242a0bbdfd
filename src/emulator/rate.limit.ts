import { SECOND_MS } from './clock.js';

/** Counts requests by the second of machine time. */
export class RateLimit {
  #second = 0;
  #count = 0;

  constructor(private readonly perSecond: number) {}

  /** Whether one more is allowed in this second; every asking counts. */
  allows(): boolean {
    const second = Math.floor(Date.now() / SECOND_MS);
    this.#count = second === this.#second ? this.#count + 1 : 1;
    this.#second = second;
    return this.#count <= this.perSecond;
  }
}
