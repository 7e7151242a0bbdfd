/** What a command has started, and how all of it ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complaintOf } from './complaint.mjs';
import { clearLeftovers, recordDirectory, recordProcess } from './leftovers.mjs';
import { signalGroup } from './process-table.mjs';
import { say, Trouble } from './say.mjs';
import { npmGone } from './starter.mjs';

const STOP_SECONDS = 10;

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {import('node:child_process').SpawnOptions & { stopSeconds?: number }} LifetimeSpawnOptions */

/**
 * Everything a command starts belongs to its lifetime and is stopped in reverse order when that ends, for whatever reason.
 *
 * Each process leads a group of its own: Ctrl-C then reaches only us, so the order of stopping is ours, and what a process
 * has started itself is stopped with it. The guardian beside us does the same should we be killed.
 */
export class Lifetime {
  /** @type {(() => Promise<unknown>)[]} */
  #endings = [];
  #isOver = false;
  /** @type {ChildProcess | undefined} */
  #guardian;
  /** @type {string | undefined} */
  #record;

  /**
   * Clears away what an earlier command of the same record has left, then keeps the record of this one while it runs.
   *
   * @param {string} record a file
   */
  async takeOver(record) {
    this.onEnd(() => rm(record, { force: true }));
    await clearLeftovers(record);
    this.#record = record;
  }

  /** @param {() => Promise<unknown>} stop is called when the command ends, the latest first */
  onEnd(stop) {
    this.#endings.push(stop);
  }

  /**
   * @param {string} command
   * @param {string[]} args
   * @param {LifetimeSpawnOptions} [options] `stopSeconds` is how long it may take to end before it is killed
   * @returns {ChildProcess}
   */
  spawn(command, args, { stopSeconds = STOP_SECONDS, ...options } = {}) {
    // A step may still be running when the command is already ending; what it would start now, nobody would stop.
    if (this.#isOver) throw new Trouble('Interrupted.');
    const child = spawn(command, args, { ...options, detached: true });
    const { pid } = child;
    // A command that cannot be started (it may not exist) has no pid; it is for those who wait for it to say so.
    child.on('error', () => undefined);
    if (pid === undefined) return child;
    this.#note((record) => {
      recordProcess(record, pid);
    });
    this.#tellGuardian(`started ${pid}`);
    child.once('exit', () => {
      signalGroup(pid, 'SIGKILL');
      this.#tellGuardian(`stopped ${pid}`);
    });
    this.onEnd(() => stopProcess(child, stopSeconds));
    return child;
  }

  /** @returns {Promise<string>} a new empty directory, removed when the command ends */
  async temporaryDirectory() {
    if (this.#isOver) throw new Trouble('Interrupted.');
    const directory = await mkdtemp(join(tmpdir(), 'haotuan-'));
    this.#tellGuardian(`made ${directory}`);
    this.#note((record) => {
      recordDirectory(record, directory);
    });
    this.onEnd(() => rm(directory, { recursive: true, force: true }));
    return directory;
  }

  async end() {
    this.#isOver = true;
    for (const stop of this.#endings.splice(0).reverse()) {
      await stop().catch((/** @type {unknown} */ error) => {
        say(`While stopping: ${String(error)}`);
      });
    }
    if (!this.#guardian || !isRunning(this.#guardian)) return;
    const gone = once(this.#guardian, 'exit');
    this.#guardian.stdin?.end('finished\n');
    await gone;
  }

  /** @param {(record: string) => void} write */
  #note(write) {
    if (!this.#record) return;
    try {
      write(this.#record);
    } catch (error) {
      say(`Should this be killed, the next run will not know of everything that was started: ${String(error)}`);
    }
  }

  /** @param {string} line */
  #tellGuardian(line) {
    if (!this.#guardian) {
      const script = join(import.meta.dirname, 'guardian.mjs');
      this.#guardian = spawn(process.execPath, [script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
      // Without a guardian the command still works; only a killed one would leave something behind.
      this.#guardian.on('error', () => undefined);
      this.#guardian.stdin?.on('error', () => undefined);
    }
    this.#guardian.stdin?.write(`${line}\n`);
  }
}

/**
 * Stops one process now, before the lifetime ends.
 *
 * @param {ChildProcess} child
 * @param {number} [stopSeconds]
 */
export async function stopProcess(child, stopSeconds = STOP_SECONDS) {
  const { pid } = child;
  if (pid === undefined || !isRunning(child)) return;
  const gone = once(child, 'exit');
  signalGroup(pid, 'SIGTERM');
  const patience = setTimeout(() => {
    signalGroup(pid, 'SIGKILL');
  }, stopSeconds * 1_000);
  await gone;
  clearTimeout(patience);
}

/** @param {ChildProcess} child */
export function isRunning(child) {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/**
 * Runs a command from its first step to the last thing it stops, and ends this process with its exit code:
 * what `body` returns, 1 when it throws, `interruptedExitCode` when it is told to stop.
 *
 * @param {(lifetime: Lifetime) => Promise<number>} body
 * @param {{ interruptedExitCode?: number }} [options]
 */
export async function runCommand(body, { interruptedExitCode = 130 } = {}) {
  const lifetime = new Lifetime();
  /** @type {Promise<number>} */
  const interrupted = new Promise((resolve) => {
    let isTold = false;
    const stop = () => {
      // npm passes signals on, so Ctrl-C may arrive twice: the second one changes nothing.
      if (!isTold) say('\nStopping ...');
      isTold = true;
      resolve(interruptedExitCode);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
    // Nobody reads us any more (`npm run up | head`).
    process.stdout.on('error', () => {
      resolve(interruptedExitCode);
    });
    void npmGone().then(stop);
  });
  let exitCode;
  try {
    exitCode = await Promise.race([body(lifetime), interrupted]);
  } catch (error) {
    say(`\n${complaintOf(error)}`);
    exitCode = 1;
  }
  await lifetime.end();
  process.exit(exitCode);
}
