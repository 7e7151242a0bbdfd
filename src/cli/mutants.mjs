/** `npm run mutants`: changes the rules, one small thing at a time, and shows which changes no rule test notices. */
import { ensureCode } from './machine/build.mjs';
import { runCommand } from './machine/lifetime.mjs';
import { runProgram } from './machine/program.mjs';

await runCommand(async (lifetime) => {
  await ensureCode(lifetime);
  // The copy that is changed is made there, so that it is gone when the command ends, however it ends.
  const TMPDIR = await lifetime.temporaryDirectory();
  // Properties try the same cases each time, so that a score changes only with the rules and their tests.
  return runProgram(lifetime, 'mutants', { PROOF_SEED: '1', ...process.env, TMPDIR });
});
