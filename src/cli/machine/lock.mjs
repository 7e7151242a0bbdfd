/** What only one process at a time may do: run on a data directory, prepare a checkout. */
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from './environment.mjs';
import { identityOf } from './process-table.mjs';
import { say, Trouble } from './say.mjs';

/** @typedef {import('./lifetime.mjs').Lifetime} Lifetime */

const POLL_MILLISECONDS = 100;

/**
 * Holds a directory until the command ends.
 *
 * @param {Lifetime} lifetime
 * @param {string} directory
 * @throws Trouble when a living process holds it
 */
export async function holdDirectory(lifetime, directory) {
  const holder = await take(lifetime, join(directory, 'lock'));
  if (holder === undefined) return;
  throw new Trouble(`Already running here, as process ${holder}. Stop that one first, or choose another DATA_DIR.`);
}

/**
 * Does something while nobody else does what has the same lock.
 *
 * @param {Lifetime} lifetime
 * @param {string} lock a file
 * @param {() => Promise<void>} work
 */
export async function alone(lifetime, lock, work) {
  for (let told; ; await sleep(POLL_MILLISECONDS)) {
    const holder = await take(lifetime, lock);
    if (holder === undefined) break;
    if (holder !== told) say(`Process ${holder} is at the same; it is waited for ...`);
    told = holder;
  }
  try {
    await work();
  } finally {
    await letGo(lock);
  }
}

/**
 * Takes a lock, which is let go at the latest when the command ends. It names its holder by its identity: another program that
 * was given the holder's id holds nothing.
 *
 * @param {Lifetime} lifetime
 * @param {string} lock
 * @returns {Promise<number | undefined>} the id of the living process that holds it already
 */
async function take(lifetime, lock) {
  const mine = `${lock}.${process.pid}`;
  await mkdir(dirname(lock), { recursive: true, mode: 0o700 });
  try {
    await writeFile(mine, identityOf(process.pid) ?? '', { mode: 0o600 });
    while (!(await place(mine, lock))) {
      const theirs = await readFile(lock, 'utf8').catch(() => '');
      const pid = Number.parseInt(theirs, 10);
      if (pid !== process.pid && theirs === identityOf(pid)) return pid;
      await discard(lock, theirs);
    }
  } finally {
    await rm(mine, { force: true });
  }
  lifetime.onEnd(() => letGo(lock));
  return undefined;
}

/**
 * Unless somebody else holds it by now.
 *
 * @param {string} lock
 */
async function letGo(lock) {
  const content = await readFile(lock, 'utf8').catch(() => '');
  if (content === identityOf(process.pid)) await rm(lock, { force: true });
}

/**
 * Puts the lock in place with its content, in one step, so that nobody reads an empty one.
 *
 * @param {string} mine
 * @param {string} lock
 * @returns {Promise<boolean>} false if there is one already
 */
async function place(mine, lock) {
  try {
    await link(mine, lock);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Takes a dead holder's lock away, unless somebody was quicker and the lock is another one by now.
 *
 * @param {string} lock
 * @param {string} content what the dead holder's lock says
 */
async function discard(lock, content) {
  const aside = `${lock}.${process.pid}.dead`;
  try {
    await rename(lock, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readFile(aside, 'utf8')) !== content) await place(aside, lock);
  await rm(aside);
}
