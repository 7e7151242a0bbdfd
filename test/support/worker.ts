import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { until } from './sound.js';

const SCRIPT = join(process.cwd(), 'dist/src/worker.js');

/** A worker process as the shop runs it, which can be killed like one. */
export class Worker {
  private constructor(
    private readonly process: ChildProcess,
    private readonly said: readonly string[],
  ) {}

  /** Starts one and waits until it works. */
  static async start(environment: NodeJS.ProcessEnv): Promise<Worker> {
    const child = spawn(process.execPath, ['--enable-source-maps', SCRIPT], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    const worker = new Worker(child, said);
    const ready = new Promise<void>((resolve) => {
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          said.push(line);
          if (line === 'worker ready') resolve();
        });
      }
    });
    await Promise.race([ready, worker.#ended()]);
    return worker;
  }

  /** Ends it in the middle of whatever it does; it cannot finish, close or give back anything. */
  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await gone;
  }

  async #ended(): Promise<never> {
    await once(this.process, 'exit');
    throw new Error(`the worker ended before it was ready:\n${this.said.join('\n')}`);
  }
}

/** Runs so many worker processes until something is so, and then kills them all in whatever they are doing. */
export async function workUntil(
  environment: NodeJS.ProcessEnv,
  count: number,
  isTrue: () => Promise<boolean>,
  what: string,
): Promise<void> {
  const workers = await Promise.all(Array.from({ length: count }, () => Worker.start(environment)));
  try {
    await until(isTrue, what);
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()));
  }
}
