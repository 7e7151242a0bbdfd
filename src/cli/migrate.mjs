/** `npm run migrate`: brings the tables of the running database, or of DATABASE_URL, up to date. */
import { runCommand } from './machine/lifetime.mjs';
import { runOnRunningDatabase } from './machine/program.mjs';

await runCommand((lifetime) => runOnRunningDatabase(lifetime, 'migrate'));
