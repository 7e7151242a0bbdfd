import { spawnSync } from 'node:child_process';
import { chmod, chown } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../src/cli/machine/environment.mjs';
import { temporaryDirectory } from './support.js';

export const isRoot = process.getuid?.() === 0;

/** Somebody who is not root: ourselves, or else `nobody`, whose ids are the same on every Debian. */
export const ORDINARY_USER = isRoot ? { uid: 65_534, gid: 65_534 } : undefined;

/** A new directory of the ordinary user's. */
export async function ordinaryDirectory(): Promise<string> {
  const directory = await temporaryDirectory();
  if (ORDINARY_USER) await chown(directory, ORDINARY_USER.uid, ORDINARY_USER.gid);
  return directory;
}

/** A checkout that the ordinary user may read: ours, or, where that lies in root's home, a copy of it. */
export async function readableCheckout(): Promise<string> {
  const look = `require('node:fs').readFileSync(${JSON.stringify(join(ROOT, 'package.json'))})`;
  if (spawnSync(process.execPath, ['-e', look], { ...ORDINARY_USER, cwd: '/' }).status === 0) return ROOT;
  const place = await temporaryDirectory();
  await chmod(place, 0o755);
  const copy = join(place, 'haotuan');
  // Links are made in a second; where the temporary directory is on another disk, it has to be a copy.
  const isCopied = ['-al', '-a'].some((how) => spawnSync('cp', [how, ROOT, copy]).status === 0);
  if (!isCopied) throw new Error(`${ROOT} could not be copied to ${copy}`);
  return copy;
}
