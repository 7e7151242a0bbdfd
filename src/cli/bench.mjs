/** `npm run bench [-- CASE ...]`: how fast the shop is, on a database that is gone afterwards. */
import { ensureCode } from './machine/build.mjs';
import { runCommand } from './machine/lifetime.mjs';
import { runProgram } from './machine/program.mjs';
import { throwawayWorld } from './machine/worlds.mjs';

await runCommand(async (lifetime) => {
  const [env] = await Promise.all([throwawayWorld(lifetime), ensureCode(lifetime)]);
  return runProgram(lifetime, 'bench', env);
});
