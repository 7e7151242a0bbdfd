import { DAY_MS, HOUR_MS } from './clock.js';

/** WeChat's days begin at midnight in China. */
const CHINA_OFFSET_MS = 8 * HOUR_MS;

/** Counts calls by the window of machine time in which they come: a second, a minute or a day. A restart forgets them. */
export class CallQuota {
  #window = 0;
  #count = 0;

  constructor(private readonly windowMs: number = DAY_MS) {}

  /** Whether one more is allowed in this window; every asking counts. */
  allows(max: number): boolean {
    const window = Math.floor((Date.now() + CHINA_OFFSET_MS) / this.windowMs);
    this.#count = window === this.#window ? this.#count + 1 : 1;
    this.#window = window;
    return this.#count <= max;
  }
}
