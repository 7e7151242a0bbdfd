import { setTimeout as sleep } from 'node:timers/promises';

/** AT_THE_GATE: it has a statement to send and may not yet. WAITING: the server keeps its statement waiting for a lock. */
export type Standing = 'RUNNING' | 'AT_THE_GATE' | 'WAITING' | 'DONE';

/** What a party's work came to: what it returned, or what it threw. */
export type Answer = { readonly value: unknown } | { readonly error: unknown };

const PATIENCE_MILLISECONDS = 45_000;

/** One of those who act at the same time. It sends no statement before it is let through the gate. */
export class Party {
  #standing: Standing = 'RUNNING';
  #open: () => void = () => undefined;
  #moved: () => void = () => undefined;
  #answer: Answer | null = null;
  #statement = '';
  #threadId = 0;
  #since = performance.now();

  get standing(): Standing {
    return this.#standing;
  }

  /** What it sends next, or has sent last. */
  get statement(): string {
    return this.#statement;
  }

  /** The server's number for the connection that its last statement went over. */
  get threadId(): number {
    return this.#threadId;
  }

  get answer(): Answer {
    if (!this.#answer) throw new Error('a party that still acts has no answer yet');
    return this.#answer;
  }

  /** Begins its work and remembers how it ends. */
  async act(work: () => Promise<unknown>): Promise<void> {
    try {
      this.#answer = { value: await work() };
    } catch (error) {
      this.#answer = { error };
    }
    this.#stand('DONE');
  }

  /** Waits until the statement may be sent. */
  arrive(statement: string, threadId: number): Promise<void> {
    if (this.#standing === 'AT_THE_GATE') throw new Error(`two statements of one party at once: ${statement}`);
    this.#statement = statement;
    this.#threadId = threadId;
    return new Promise((open) => {
      this.#open = open;
      this.#stand('AT_THE_GATE');
    });
  }

  letThrough(): void {
    this.#stand('RUNNING');
    this.#open();
  }

  /** Notes that the server was seen to keep it waiting. */
  waits(): void {
    this.#stand('WAITING');
  }

  /** Notes that the server keeps it waiting no longer, unless it has moved since. */
  goesOn(): void {
    if (this.#standing === 'WAITING') this.#stand('RUNNING');
  }

  /** Returns as soon as it stands elsewhere, or when the time is over. */
  async untilItMoves(milliseconds: number): Promise<void> {
    if (performance.now() - this.#since > PATIENCE_MILLISECONDS) {
      throw new Error(`a party is ${this.#standing} for too long after: ${this.#statement}`);
    }
    const over = new AbortController();
    const moved = new Promise<void>((resolve) => (this.#moved = resolve));
    const timeout = sleep(milliseconds, undefined, { signal: over.signal }).catch(() => undefined);
    await Promise.race([moved, timeout]);
    over.abort();
  }

  #stand(standing: Standing): void {
    this.#standing = standing;
    this.#since = performance.now();
    this.#moved();
  }
}
