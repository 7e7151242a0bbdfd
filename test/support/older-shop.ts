import 'reflect-metadata';
import { DataSource, type MigrationInterface } from 'typeorm';
import * as migrations from '../../migrations/index.js';
import { databaseOptions } from '../../src/database.js';
import { createDatabase } from './database.js';

export interface OlderShop {
  readonly source: DataSource;
  readonly close: () => Promise<void>;
}

/** A database as it stood before a migration, whose class has the time in its name as TypeORM wants it. */
export async function shopBefore(migration: new () => MigrationInterface): Promise<OlderShop> {
  const database = await createDatabase();
  const earlier = Object.values(migrations).filter(({ name }) => timeOf(name) < timeOf(migration.name));
  const source = await new DataSource({
    ...databaseOptions({ DATABASE_URL: database.url, DATABASE_POOL_SIZE: 2 }),
    migrations: earlier,
  }).initialize();
  await source.runMigrations({ transaction: 'none' });
  return {
    source,
    close: async () => {
      await source.destroy();
      await database.drop();
    },
  };
}

/** Runs all migrations that come after one, up to another, or undoes them, the last one first. */
export async function migrateBetween(
  { source }: Pick<OlderShop, 'source'>,
  [after, last]: readonly [after: new () => MigrationInterface, last: new () => MigrationInterface],
  way: 'up' | 'down',
): Promise<void> {
  const between = Object.values(migrations)
    .filter(({ name }) => timeOf(after.name) < timeOf(name) && timeOf(name) <= timeOf(last.name))
    .toSorted((a, b) => timeOf(a.name) - timeOf(b.name));
  const runner = source.createQueryRunner();
  for (const Migration of way === 'up' ? between : between.toReversed()) await new Migration()[way](runner);
  await runner.release();
}

function timeOf(name: string): number {
  return Number(name.slice(-13));
}
