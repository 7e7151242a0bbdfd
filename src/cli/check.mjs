/** `npm run check`: format, lint, types, module boundaries, committed snapshots. All are run, even if one fails. */
import { join } from 'node:path';
import { ensureBuild } from './machine/build.mjs';
import { ensureDependencies } from './machine/dependencies.mjs';
import { ROOT } from './machine/environment.mjs';
import { runCommand } from './machine/lifetime.mjs';
import { runShown } from './machine/processes.mjs';
import { runProgram } from './machine/program.mjs';
import { during, say, Trouble } from './machine/say.mjs';
import { throwawayWorld } from './machine/worlds.mjs';

/** @typedef {import('./machine/lifetime.mjs').Lifetime} Lifetime */

/** @type {Record<string, (lifetime: Lifetime) => Promise<number>>} */
const STEPS = {
  format: (lifetime) => runTool(lifetime, 'prettier', '--check', '--log-level=warn', '.'),
  lint: (lifetime) => runTool(lifetime, 'eslint', '.'),
  types: (lifetime) => runTool(lifetime, 'tsc', '--noEmit'),
  boundaries: (lifetime) => runTool(lifetime, 'depcruise', '--config', '.dependency-cruiser.mjs', 'src', 'migrations'),
  snapshots: async (lifetime) => {
    const [env] = await Promise.all([throwawayWorld(lifetime), ensureBuild(lifetime)]);
    return runProgram(lifetime, 'snapshot', env, ['--check']);
  },
};

await runCommand(async (lifetime) => {
  await ensureDependencies(lifetime);
  const failed = [];
  for (const [name, run] of Object.entries(STEPS)) {
    const exitCode = await during(name, () => run(lifetime).catch(complain));
    if (exitCode === 0) continue;
    say(`${name}: FAILED`);
    failed.push(name);
  }
  say(failed.length === 0 ? '\ncheck: everything is fine' : `\ncheck: failed: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
});

/**
 * @param {Lifetime} lifetime
 * @param {string} tool
 * @param {string[]} args
 */
function runTool(lifetime, tool, ...args) {
  return runShown(lifetime, join(ROOT, 'node_modules/.bin', tool), args);
}

/**
 * Lets the other steps go on.
 *
 * @param {unknown} error
 */
function complain(error) {
  if (!(error instanceof Trouble)) throw error;
  say(error.message);
  return 1;
}
