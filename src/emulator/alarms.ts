/** Timers in machine time that can be stopped together, so that nothing rings after the emulator has closed. */
export class Alarms {
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = false;

  /** Runs `action` at `atMs`; if that has passed, as soon as the running code is done and before the next request is read. */
  at(atMs: number, action: () => void): void {
    const waitMs = atMs - Date.now();
    if (waitMs <= 0) {
      setImmediate(() => {
        if (!this.#stopped) action();
      });
      return;
    }
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, waitMs);
    this.#timers.add(timer);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
