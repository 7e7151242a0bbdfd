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

function timeOf(name: string): number {
  return Number(name.slice(-13));
}
