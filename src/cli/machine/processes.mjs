/** Child processes: servers that run until they are stopped, and programs that run to their end, shown or quiet. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ROOT } from './environment.mjs';
import { say, Trouble } from './say.mjs';

/** @typedef {import('./lifetime.mjs').Lifetime} Lifetime */
/** @typedef {import('./lifetime.mjs').ChildProcess} ChildProcess */

const READY_SECONDS_MAX = 60;
const NAME_COLUMNS = 9;
const TAIL_LINES = 30;

/**
 * Starts a server and waits for the line it prints when it is ready; all its lines are shown under its name.
 *
 * @param {Lifetime} lifetime
 * @param {{ name: string, script: string, env: NodeJS.ProcessEnv, ready: RegExp }} server
 * @returns {Promise<{ died: Promise<never> }>} `died` rejects when it ends although nobody stopped it
 */
export async function startServer(lifetime, { name, script, env, ready }) {
  const child = startScript(lifetime, script, env);
  /** @type {Promise<void>} */
  const isReady = new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      eachLine(stream, (line) => {
        showLine(name, line);
        if (ready.test(line)) resolve();
      });
    }
  });
  const died = ending(child).then((how) => {
    throw new Trouble(
      child.signalCode
        ? `${name} was killed (${how}), so everything else is stopped too.`
        : `${name} stopped by itself (${how}). Its last lines above say why.`,
    );
  });
  await Promise.race([isReady, died, tooLate(name)]);
  return { died };
}

/**
 * Runs a program to its end; its lines are shown under its name.
 *
 * @param {Lifetime} lifetime
 * @param {{ name: string, script: string, env: NodeJS.ProcessEnv }} program
 * @throws Trouble with what it complained of, when it fails
 */
export async function runNamed(lifetime, { name, script, env }) {
  const child = startScript(lifetime, script, env);
  /** @type {string[]} */
  const complaints = [];
  eachLine(child.stdout, (line) => {
    showLine(name, line);
  });
  eachLine(child.stderr, (line) => complaints.push(line));
  const how = await ending(child);
  if (child.exitCode !== 0) throw new Trouble([`${name} failed (${how}):`, ...complaints].join('\n'));
  for (const line of complaints) showLine(name, line);
}

/**
 * @param {Lifetime} lifetime
 * @param {string} script
 * @param {NodeJS.ProcessEnv} env
 */
function startScript(lifetime, script, env) {
  return lifetime.spawn(process.execPath, ['--enable-source-maps', script], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** @param {string} name */
async function tooLate(name) {
  return new Promise((_, reject) => {
    setTimeout(() => {
      reject(new Trouble(`${name} was not ready within ${READY_SECONDS_MAX} s.`));
    }, READY_SECONDS_MAX * 1_000).unref();
  });
}

/**
 * Runs a program to its end, its output shown as it comes.
 *
 * @param {Lifetime} lifetime
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code
 */
export async function runShown(lifetime, command, args, { cwd = ROOT, env = process.env } = {}) {
  const child = lifetime.spawn(command, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
  await ending(child);
  return child.exitCode ?? 1;
}

/**
 * Runs a program to its end. Its output is returned, and shown only when it fails.
 *
 * @param {Lifetime} lifetime
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @throws Trouble with the last lines of the output
 */
export async function runQuietly(lifetime, command, args, { cwd = ROOT, env = process.env } = {}) {
  const child = lifetime.spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {string[]} */
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) eachLine(stream, (line) => lines.push(line));
  const how = await ending(child);
  if (child.exitCode !== 0) {
    const tail = lines.slice(-TAIL_LINES).map((line) => `  ${line}`);
    throw new Trouble([`\`${[command, ...args].join(' ')}\` failed (${how}):`, ...tail].join('\n'));
  }
  return lines.join('\n');
}

/**
 * @param {string} name
 * @param {string} line
 */
function showLine(name, line) {
  say(`${name.padStart(NAME_COLUMNS)} | ${line}`);
}

/**
 * @param {import('node:stream').Readable | null} stream
 * @param {(line: string) => void} listener
 */
function eachLine(stream, listener) {
  if (stream) createInterface({ input: stream }).on('line', listener);
}

/**
 * @param {ChildProcess} child
 * @returns {Promise<string>} how it ended, once all its output has been read
 */
async function ending(child) {
  try {
    await once(child, 'close');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return child.signalCode ?? `exit code ${child.exitCode}`;
}
