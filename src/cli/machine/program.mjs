import { join } from 'node:path';
import { ensureCode } from './build.mjs';
import { ROOT, userDirectory } from './environment.mjs';
import { runShown } from './processes.mjs';
import { runningWorld } from './worlds.mjs';

/**
 * Runs one of our built programs where the user stands, so that the paths he names are his.
 *
 * @param {import('./lifetime.mjs').Lifetime} lifetime
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} its exit code
 */
export async function runProgram(lifetime, name, env, args = process.argv.slice(2)) {
  const script = join(ROOT, 'dist/src/cli', `${name}.js`);
  return runShown(lifetime, process.execPath, ['--enable-source-maps', script, ...args], { cwd: userDirectory(), env });
}

/**
 * Runs one of our built programs on the database that is running.
 *
 * @param {import('./lifetime.mjs').Lifetime} lifetime
 * @param {string} name
 */
export async function runOnRunningDatabase(lifetime, name) {
  const env = await runningWorld(lifetime);
  await ensureCode(lifetime);
  return runProgram(lifetime, name, env);
}
