/** The value that a share of all values (0.99: all but one in a hundred) does not exceed; null if there are none. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

/** How often each thing happened, in the order in which they first did. */
export class Tally<Kind extends string = string> {
  readonly #counts = new Map<Kind, number>();

  add(kind: Kind): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  get counts(): ReadonlyMap<Kind, number> {
    return this.#counts;
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }
}

/** How long each kind of step took. */
export class Stopwatch {
  readonly #milliseconds = new Map<string, number[]>();

  /** Steps that fail count too: a slow failure is slow. */
  async time<Result>(step: string, work: () => Promise<Result>): Promise<Result> {
    const startedAt = performance.now();
    try {
      return await work();
    } finally {
      this.add(step, performance.now() - startedAt);
    }
  }

  add(step: string, milliseconds: number): void {
    const list = this.#milliseconds.get(step);
    if (list) list.push(milliseconds);
    else this.#milliseconds.set(step, [milliseconds]);
  }

  get steps(): ReadonlyMap<string, readonly number[]> {
    return this.#milliseconds;
  }
}
