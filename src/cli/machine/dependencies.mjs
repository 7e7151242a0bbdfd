/** What the code needs from npm. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PREPARING_LOCK, ROOT } from './environment.mjs';
import { alone } from './lock.mjs';
import { runQuietly } from './processes.mjs';
import { during, Trouble } from './say.mjs';

/** @typedef {Record<string, { version?: string, optional?: boolean }>} Packages by their place under node_modules */

/**
 * Installs exactly what `package-lock.json` says, unless it is installed already.
 *
 * @param {import('./lifetime.mjs').Lifetime} lifetime
 */
export async function ensureDependencies(lifetime) {
  if (await areInstalled(ROOT)) return;
  await alone(lifetime, PREPARING_LOCK, async () => {
    // Whoever was waited for may have installed them.
    if (!(await areInstalled(ROOT))) await during('Installing dependencies (npm ci)', () => install(lifetime));
  });
}

/** @param {import('./lifetime.mjs').Lifetime} lifetime */
async function install(lifetime) {
  try {
    await runQuietly(lifetime, 'npm', ['ci', '--no-audit', '--no-fund']);
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    throw new Trouble(`${error.message}\nThe dependencies could not be installed. Is the package registry reachable?`);
  }
}

/**
 * Whether `node_modules` holds what the lock file says. npm keeps its own list of what it installed and writes it last,
 * so an interrupted installation has none. Contents are compared, because a checkout changes times at will.
 *
 * @param {string} directory
 */
export async function areInstalled(directory) {
  const [wanted, installed] = await Promise.all([
    packagesOf(join(directory, 'package-lock.json')),
    packagesOf(join(directory, 'node_modules/.package-lock.json')),
  ]);
  // Optional packages are those of other platforms.
  return Object.entries(wanted ?? {}).every(
    ([place, { version, optional }]) => place === '' || optional || installed?.[place]?.version === version,
  );
}

/**
 * @param {string} file
 * @returns {Promise<Packages | undefined>}
 */
async function packagesOf(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
