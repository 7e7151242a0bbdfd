/** `npm test`: every test, on a database that is gone afterwards. Arguments are Jest's. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureCode } from './machine/build.mjs';
import { complaintOf } from './machine/complaint.mjs';
import { ROOT } from './machine/environment.mjs';
import { runCommand } from './machine/lifetime.mjs';
import { runShown } from './machine/processes.mjs';
import { say } from './machine/say.mjs';
import { throwawayWorld } from './machine/worlds.mjs';

/** @typedef {import('./machine/lifetime.mjs').Lifetime} Lifetime */

const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');

await runCommand(async (lifetime) => {
  const { exitCode, tally } = await runTests(lifetime).catch((error) => {
    say(`\n${complaintOf(error)}`);
    return { exitCode: 1, tally: '0 passed, 1 failed' };
  });
  // Other tools read the last line, so nothing may come after it.
  say(`\n${tally}`);
  return exitCode;
});

/**
 * Some tests run our own commands, so there must be a build.
 *
 * @param {Lifetime} lifetime
 */
async function runTests(lifetime) {
  const [{ DATABASE_URL, ...world }] = await Promise.all([throwawayWorld(lifetime), ensureCode(lifetime)]);
  const results = join(await lifetime.temporaryDirectory(), 'results.json');
  const exitCode = await runShown(
    lifetime,
    process.execPath,
    ['--experimental-vm-modules', JEST, '--json', `--outputFile=${results}`, ...process.argv.slice(2)],
    { env: { ...world, TEST_DATABASE_URL: DATABASE_URL } },
  );
  return { exitCode, tally: await tally(results, exitCode) };
}

/**
 * A suite that could not run counts as one failed test, and so does Jest itself.
 *
 * @param {string} file
 * @param {number} exitCode
 */
async function tally(file, exitCode) {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return `0 passed, ${exitCode === 0 ? 0 : 1} failed`;
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(text);
  return `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed`;
}
