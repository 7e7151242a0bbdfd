/** `npm run snapshot`: writes down anew what the code amounts to: the API, the database, the modules. */
import { ensureCode } from './machine/build.mjs';
import { runCommand } from './machine/lifetime.mjs';
import { runProgram } from './machine/program.mjs';
import { throwawayWorld } from './machine/worlds.mjs';

await runCommand(async (lifetime) => {
  const [env] = await Promise.all([throwawayWorld(lifetime), ensureCode(lifetime)]);
  return runProgram(lifetime, 'snapshot', env, []);
});
