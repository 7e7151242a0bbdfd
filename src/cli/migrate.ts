import 'reflect-metadata';
import { UnfitDatabase } from '../boot-checks.js';
import { migrate } from './migrate/migrate.js';
import { reach } from './migrate/reach.js';

try {
  const source = await reach(process.env['DATABASE_URL'] ?? '');
  try {
    await migrate(source, (line) => process.stdout.write(`${line}\n`));
  } finally {
    await source.destroy();
  }
} catch (error) {
  if (!(error instanceof UnfitDatabase)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
