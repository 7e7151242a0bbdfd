/** What must be stopped or closed when a command ends, however it ends. */
export class Endings {
  readonly #stack: (() => Promise<unknown>)[] = [];
  #isOver = false;
  /** Rejects if somebody tells this process to stop. */
  readonly interrupted: Promise<never>;

  constructor() {
    this.interrupted = new Promise((_, reject) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.on(signal, () => {
          reject(new Error('interrupted'));
        });
      }
    });
    this.interrupted.catch(() => undefined); // Whoever waits for it hears of it; nobody has to.
  }

  /** From then on, what goes wrong goes wrong because things have been stopped. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** The last one added is run first. */
  add(ending: () => Promise<unknown>): void {
    this.#stack.push(ending);
  }

  /** One that fails does not keep the others from their turn. */
  async run(): Promise<void> {
    this.#isOver = true;
    for (const ending of this.#stack.splice(0).reverse()) {
      await ending().catch((error: unknown) => {
        process.stderr.write(`while stopping: ${String(error)}\n`);
      });
    }
  }
}
