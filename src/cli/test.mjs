/** `npm test`: every test, on a database that is gone afterwards. Arguments are Jest's. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureDependencies } from './machine/dependencies.mjs';
import { dataDirectory, ROOT } from './machine/environment.mjs';
import { runCommand } from './machine/lifetime.mjs';
import { runShown } from './machine/processes.mjs';
import { say } from './machine/say.mjs';
import { throwawayWorld } from './machine/worlds.mjs';

const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');

await runCommand(async (lifetime) => {
  const [{ DATABASE_URL, ...world }] = await Promise.all([throwawayWorld(lifetime), ensureDependencies(lifetime)]);
  // Jest says where its results are, so they are somewhere short, under a name that no other run has.
  const results = join(dataDirectory(), `test-results-${process.pid}.json`);
  await mkdir(dataDirectory(), { recursive: true, mode: 0o700 });
  lifetime.onEnd(() => rm(results, { force: true }));
  const exitCode = await runShown(
    lifetime,
    process.execPath,
    ['--experimental-vm-modules', JEST, '--json', `--outputFile=${results}`, ...process.argv.slice(2)],
    { env: { ...world, TEST_DATABASE_URL: DATABASE_URL } },
  );
  say(`\n${await tally(results, exitCode)}`);
  return exitCode;
});

/**
 * The line that other tools read. A suite that could not run counts as one failed test, and so does Jest itself.
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
