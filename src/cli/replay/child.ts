import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface ChildOptions {
  /** Relative to `dist/src`. */
  readonly script: string;
  readonly env: NodeJS.ProcessEnv;
  /** What it prints when it is ready; the first group, if there is one, is what `start` answers. */
  readonly ready: RegExp;
  /** Hears everything else that it prints. */
  readonly log: (line: string) => void;
}

const READY_SECONDS_MAX = 60;
const STOP_SECONDS_MAX = 15;

/** One of our own processes, run for as long as the replay needs it. */
export class Child {
  readonly #process: ChildProcess;
  readonly #ready: Promise<string>;
  #isStopping = false;
  /** Rejects if it ends although nobody stopped it. */
  readonly died: Promise<never>;

  constructor({ script, env, ready, log }: ChildOptions) {
    const path = fileURLToPath(new URL(`../../${script}`, import.meta.url));
    const name = basename(script.replace('/main.js', ''), '.js');
    this.#process = spawn(process.execPath, ['--enable-source-maps', path], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#ready = new Promise((resolve) => {
      for (const stream of [this.#process.stdout, this.#process.stderr]) {
        if (!stream) continue;
        createInterface({ input: stream }).on('line', (line) => {
          const match = ready.exec(line);
          if (match) resolve(match[1] ?? line);
          else log(`${name.padStart(8)} | ${line}`);
        });
      }
    });
    this.died = this.#end().then((how) => {
      if (this.#isStopping) return new Promise<never>(() => undefined);
      throw new Error(`the ${name} process stopped by itself (${how}); its last lines above say why`);
    });
    this.died.catch(() => undefined); // Whoever waits for it hears of it; nobody has to.
  }

  /** What it says once it is ready. */
  async ready(): Promise<string> {
    const patience = new AbortController();
    const tooLate = sleep(READY_SECONDS_MAX * 1_000, undefined, { signal: patience.signal }).then(() => {
      throw new Error(`${this.#process.spawnargs.join(' ')} was not ready within ${READY_SECONDS_MAX} s`);
    });
    tooLate.catch(() => undefined);
    try {
      return await Promise.race([this.#ready, this.died, tooLate]);
    } finally {
      patience.abort();
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    const patience = setTimeout(() => this.#process.kill('SIGKILL'), STOP_SECONDS_MAX * 1_000);
    await gone;
    clearTimeout(patience);
  }

  async #end(): Promise<string> {
    try {
      await once(this.#process, 'exit');
    } catch (error) {
      return String(error);
    }
    return this.#process.signalCode ?? `exit code ${this.#process.exitCode ?? 'unknown'}`;
  }
}
