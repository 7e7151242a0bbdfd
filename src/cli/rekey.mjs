/** `npm run rekey`: seals personal data under the newest of DATA_KEYS, in the running database or in DATABASE_URL. */
import { runCommand } from './machine/lifetime.mjs';
import { runOnRunningDatabase } from './machine/program.mjs';

await runCommand((lifetime) => runOnRunningDatabase(lifetime, 'rekey'));
