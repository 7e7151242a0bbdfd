import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, jest } from '@jest/globals';
import { codeOf, freePort, ROOT } from '../../src/cli/machine/environment.mjs';

export interface RunOptions {
  /** Where it keeps its data; whatever it starts is known by it. */
  readonly directory: string;
  /** A script of ours, run by Node; or npm's name of a command, run by npm. */
  readonly command: `${string}.mjs` | 'up' | 'test';
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** An ordinary user, if we are root. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Ours, unless that cannot be read by the user. */
  readonly checkout?: string;
  /** How many kilobytes a file may have. */
  readonly fileKilobytesMax?: number;
}

// A whole start takes seconds, on a busy machine many; how many is not what is tested.
jest.setTimeout(300_000);

const runs: Run[] = [];

/** One of our commands, run as a person in a shell would run it. */
export class Run {
  output = '';
  /** The exit code, once it has ended and everything it wrote has been read; null if it was killed. */
  readonly exitCode: Promise<number | null>;

  private constructor(
    readonly directory: string,
    readonly process: ChildProcess,
  ) {
    for (const stream of [process.stdout!, process.stderr!]) {
      stream.on('data', (data: Buffer) => {
        this.output += data.toString();
      });
    }
    this.exitCode = once(process, 'close').then(() => process.exitCode);
    runs.push(this);
  }

  static start({ directory, command, args = [], env = {}, user, checkout = ROOT, fileKilobytesMax }: RunOptions): Run {
    const line = command.endsWith('.mjs')
      ? [process.execPath, join(checkout, 'src/cli', command), ...args]
      : ['npm', 'run', command, '--', ...args];
    const limit = fileKilobytesMax ? `ulimit -f ${fileKilobytesMax * 2}; ` : '';
    const [file = '', ...rest] = limit ? ['sh', '-c', `${limit}exec "$@"`, 'sh', ...line] : line;
    // Little of our own environment: a developer's settings must not decide, nor those that the tests run with.
    const { PATH, HOME, TMPDIR, npm_lifecycle_script } = process.env;
    const own = { PATH, HOME, TMPDIR, npm_lifecycle_script, DATABASE_URL: '', DATA_DIR: directory };
    return new Run(directory, spawn(file, rest, { cwd: checkout, env: { ...own, ...env }, ...user }));
  }

  /** Waits until it has said something, once more if it did before. */
  async says(words: string | RegExp): Promise<RegExpExecArray> {
    const pattern = typeof words === 'string' ? new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : words;
    for (;;) {
      const found = pattern.exec(this.output);
      if (found) return found;
      if (this.process.exitCode !== null || this.process.signalCode !== null) {
        await this.exitCode;
        const last = pattern.exec(this.output);
        if (last) return last;
        throw new Error(`It ended without saying ${String(words)}:\n${this.output}`);
      }
      await sleep(20);
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  /** Kills it together with its guardian, so that nobody clears up after it. */
  async killWithGuardian(): Promise<void> {
    const find = async () =>
      (await processesOf(this.directory)).find(({ commandLine }) => commandLine.includes('guardian.mjs'));
    let guardian = await find();
    while (!guardian) guardian = await find();
    process.kill(guardian.pid, 'SIGKILL');
    this.kill('SIGKILL');
    await this.exitCode;
  }

  /** Waits until nothing runs any more that belongs to its directory. */
  async leavesNothingRunning(): Promise<void> {
    const until = Date.now() + 60_000;
    for (;;) {
      const left = await processesOf(this.directory);
      if (left.length === 0) return;
      await sleep(20);
      if (Date.now() > until)
        throw new Error(`Still running:\n${left.map(({ commandLine }) => commandLine).join('\n')}`);
    }
  }
}

/** Has Node load `another-machine.mjs` of the checkout it runs in first, which says what it can hide. */
export const ANOTHER_MACHINE = { NODE_OPTIONS: '--import=./test/cli/another-machine.mjs' };

export interface FoundProcess {
  readonly pid: number;
  readonly commandLine: string;
}

/** Every process that has the directory in its command line or its environment, as all have that a run has started. */
export async function processesOf(directory: string): Promise<FoundProcess[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0 && pid !== process.pid);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [commandLine, environment] = await Promise.all([read(pid, 'cmdline'), read(pid, 'environ')]);
      return { pid, commandLine, isOurs: commandLine.includes(directory) || environment.includes(directory) };
    }),
  );
  return found.filter(({ isOurs, commandLine }) => isOurs && commandLine !== '');
}

/** A process of another user, or one that has just ended, tells nothing. */
async function read(pid: number, file: string): Promise<string> {
  return (await readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
}

export async function twoPorts(): Promise<{ HTTP_PORT: string; EMULATOR_PORT: string }> {
  return { HTTP_PORT: String(await freePort()), EMULATOR_PORT: String(await freePort()) };
}

/** Whatever is left of a run that failed, or was left running on purpose. */
function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It may have ended by itself since it was found.
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

afterEach(async () => {
  for (const run of runs.splice(0)) {
    for (const { pid } of await processesOf(run.directory)) end(pid);
    if (run.process.exitCode === null && run.process.signalCode === null) run.kill('SIGKILL');
    await run.exitCode;
  }
});
