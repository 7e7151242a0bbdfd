/** `npm run import -- FILE.csv --reason "..."`: a file of products into the catalogue, on the running database or on DATABASE_URL. */
import { runCommand } from './machine/lifetime.mjs';
import { runOnRunningDatabase } from './machine/program.mjs';

await runCommand((lifetime) => runOnRunningDatabase(lifetime, 'import'));
