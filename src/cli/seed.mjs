/** `npm run seed`: fills the running database, or DATABASE_URL, with the demo shop, unless it is there already. */
import { runCommand } from './machine/lifetime.mjs';
import { runOnRunningDatabase } from './machine/program.mjs';

await runCommand((lifetime) => runOnRunningDatabase(lifetime, 'seed'));
