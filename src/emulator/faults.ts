import type { Fault } from './fault.js';
import type { Operation } from './fault.kinds.js';
import type { SeededFaults } from './seeded.faults.js';

/** What goes wrong: faults that are armed, and those by rate. They belong to whoever tests, not to WeChat, so a restart forgets them. */
export class Faults {
  #armed: readonly Fault[] = [];

  /** @param seeded what goes wrong by rate; a rate of 0 is nothing */
  constructor(public seeded: SeededFaults) {}

  /** Faults of one operation strike in the order they were armed. */
  arm(fault: Fault): void {
    this.#armed = [...this.#armed, fault];
  }

  list(): readonly Fault[] {
    return this.#armed;
  }

  clear(): void {
    this.#armed = [];
  }

  /** The fault that strikes this one request or delivery: an armed one, which is used up by the asking, or one by rate. */
  strike(operation: Operation): Fault | undefined {
    // Asked in any case, so that arming a fault does not move those by rate.
    const seeded = this.seeded.strike(operation);
    const fault = this.#armed.find((armed) => armed.operation === operation);
    if (fault) {
      this.#armed = this.#armed
        .map((armed) => (armed === fault ? { ...armed, times: armed.times - 1 } : armed))
        .filter(({ times }) => times > 0);
    }
    return fault ?? seeded;
  }
}
