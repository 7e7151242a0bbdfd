/** `npm run audit -- export|verify ...`: the audit trail as a file, and whether such a file is whole. */
import { ensureCode } from './machine/build.mjs';
import { runCommand } from './machine/lifetime.mjs';
import { runOnRunningDatabase, runProgram } from './machine/program.mjs';

await runCommand(async (lifetime) => {
  if (process.argv[2] === 'export') return runOnRunningDatabase(lifetime, 'audit');
  await ensureCode(lifetime);
  return runProgram(lifetime, 'audit', process.env);
});
