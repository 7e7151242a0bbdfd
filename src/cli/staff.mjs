/** `npm run staff -- add|role|disable|enable|reset|list ...`: who works for the shop, on the running database or on DATABASE_URL. */
import { runCommand } from './machine/lifetime.mjs';
import { runOnRunningDatabase } from './machine/program.mjs';

await runCommand((lifetime) => runOnRunningDatabase(lifetime, 'staff'));
