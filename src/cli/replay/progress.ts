const EVERY_MILLISECONDS = { terminal: 200, file: 5_000 } as const;

/** Says on stderr how far the replay is: one line that is written over on a terminal, a line now and then elsewhere. */
export class Progress {
  readonly #isTerminal = process.stderr.isTTY;
  #saidAt = -Infinity;
  #hasOpenLine = false;

  /** Shown if enough time has passed since the last one. */
  update(text: () => string): void {
    const now = performance.now();
    if (now - this.#saidAt < EVERY_MILLISECONDS[this.#isTerminal ? 'terminal' : 'file']) return;
    this.#saidAt = now;
    if (!this.#isTerminal) {
      process.stderr.write(`${text()}\n`);
      return;
    }
    process.stderr.write(`\r\x1b[K${text().slice(0, process.stderr.columns - 1)}`);
    this.#hasOpenLine = true;
  }

  /** Always shown, on a line of its own. */
  readonly line = (text: string): void => {
    process.stderr.write(`${this.#hasOpenLine ? '\r\x1b[K' : ''}${text}\n`);
    this.#hasOpenLine = false;
  };
}

/** Says how many of `total` are done, how fast it goes, and when it will be over. */
export function pace(total: number, unit: string): (done: number) => string {
  const startedAt = performance.now();
  return (done) => {
    const perSecond = done / ((performance.now() - startedAt) / 1_000);
    const leftSeconds = perSecond > 0 ? Math.ceil((total - done) / perSecond) : 0;
    const clock = `${Math.floor(leftSeconds / 60)}:${String(leftSeconds % 60).padStart(2, '0')}`;
    return `${done} of ${total} ${unit}, ${perSecond.toFixed(1)}/s, ${clock} left`;
  };
}
