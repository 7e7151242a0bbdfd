import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Makes two sides meet again and again. What the first side took the last time is the scale: each of the second side begins at a
 * random moment from half of that before the first begins to half of it after the first has ended, however fast the machine is.
 */
export class Meeting {
  #lastMilliseconds = 0;

  async of<First, Second>(
    first: () => Promise<First>,
    seconds: readonly (() => Promise<Second>)[],
  ): Promise<[First, Second[]]> {
    const lastMilliseconds = this.#lastMilliseconds;
    const timed = async (): Promise<First> => {
      await sleep(lastMilliseconds / 2);
      const startedAt = performance.now();
      const result = await first();
      this.#lastMilliseconds = performance.now() - startedAt;
      return result;
    };
    const begin = async (work: () => Promise<Second>): Promise<Second> => {
      await sleep(Math.random() * 2 * lastMilliseconds);
      return work();
    };
    return Promise.all([timed(), Promise.all(seconds.map(begin))]);
  }
}
