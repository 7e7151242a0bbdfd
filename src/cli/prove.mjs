/** `npm run prove`: puts known bugs into copies of the project, one at a time, and shows which test catches each. */
import { ensureCode } from './machine/build.mjs';
import { runCommand } from './machine/lifetime.mjs';
import { runProgram } from './machine/program.mjs';
import { throwawayWorld } from './machine/worlds.mjs';

await runCommand(async (lifetime) => {
  if (process.argv.includes('--list')) {
    await ensureCode(lifetime);
    return runProgram(lifetime, 'prove', process.env);
  }
  const [{ DATABASE_URL, ...world }] = await Promise.all([throwawayWorld(lifetime), ensureCode(lifetime)]);
  // The copies and what Jest keeps of them are made there, so that they are gone when the command ends, however it ends.
  const TMPDIR = await lifetime.temporaryDirectory();
  return runProgram(lifetime, 'prove', { ...world, TEST_DATABASE_URL: DATABASE_URL, TMPDIR });
});
