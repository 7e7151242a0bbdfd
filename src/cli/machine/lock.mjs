/** One `up` per data directory. */
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandLineOf } from './command-line.mjs';
import { codeOf } from './environment.mjs';
import { Trouble } from './say.mjs';

/**
 * Holds a directory until the command ends. The lock names its holder by process id and command line: ids are given out
 * again, in a container within minutes, and another program under the holder's id holds nothing.
 *
 * @param {import('./lifetime.mjs').Lifetime} lifetime
 * @param {string} directory
 * @throws Trouble when a living process holds it
 */
export async function holdDirectory(lifetime, directory) {
  const lock = join(directory, 'lock');
  const mine = join(directory, `lock.${process.pid}`);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(mine, `${process.pid} ${await commandLineOf(process.pid)}`, { mode: 0o600 });
  try {
    while (!(await place(mine, lock))) {
      const theirs = await readFile(lock, 'utf8').catch(() => '');
      const pid = Number.parseInt(theirs, 10);
      const commandLine = await commandLineOf(pid);
      const isAlive = pid !== process.pid && commandLine !== undefined && theirs === `${pid} ${commandLine}`;
      if (isAlive) {
        throw new Trouble(`Already running here, as process ${pid}. Stop that one first, or choose another DATA_DIR.`);
      }
      await discard(lock, theirs);
    }
  } finally {
    await rm(mine, { force: true });
  }
  lifetime.onEnd(() => rm(lock, { force: true }));
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
