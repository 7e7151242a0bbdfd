import type { DataSource, Migration, MigrationExecutor } from 'typeorm';
import { UnfitDatabase } from '../../boot-checks.js';

/**
 * The migrations that this code has and the database has not, in order.
 *
 * @throws UnfitDatabase when the database has some that this code has not: its tables are then not those the code was written for
 */
export async function pendingMigrations(source: DataSource, executor: MigrationExecutor): Promise<Migration[]> {
  const known = source.migrations.map((migration) => migration.name ?? migration.constructor.name);
  const applied = await executor.getExecutedMigrations();
  const unknown = applied.filter(({ name }) => !known.includes(name));
  if (unknown.length === 0) return executor.getPendingMigrations();
  throw new UnfitDatabase(
    `A newer version of this code has migrated the database: it has ${unknown.map(({ name }) => name).join(', ')}, ` +
      'which this version does not know. Start that version, or use another database.',
  );
}
