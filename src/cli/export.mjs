/** `npm run export -- FILE.csv`: the catalogue as a file, from the running database or from DATABASE_URL. */
import { runCommand } from './machine/lifetime.mjs';
import { runOnRunningDatabase } from './machine/program.mjs';

await runCommand((lifetime) => runOnRunningDatabase(lifetime, 'export'));
