/** `npm run offer -- add|change|freeze|unfreeze|list|show ...`: team offers, on the running database or on DATABASE_URL. */
import { runCommand } from './machine/lifetime.mjs';
import { runOnRunningDatabase } from './machine/program.mjs';

await runCommand((lifetime) => runOnRunningDatabase(lifetime, 'offer'));
