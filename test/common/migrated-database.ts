import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { databaseOptions } from '../../src/database.js';
import { createDatabase } from '../support/database.js';

export interface MigratedDatabase {
  readonly url: string;
  readonly source: DataSource;
  close(): Promise<void>;
}

/** A database of one's own with all tables and the shop's own connections, for tests that need no HTTP and no WeChat. */
export async function migratedDatabase(): Promise<MigratedDatabase> {
  const database = await createDatabase();
  const source = await connect(database.url);
  await source.runMigrations({ transaction: 'none' });
  return {
    url: database.url,
    source,
    close: async () => {
      await source.destroy();
      await database.drop();
    },
  };
}

/** The shop's own pool of connections to some address. */
export function connect(url: string, poolSize = 8): Promise<DataSource> {
  return new DataSource(databaseOptions({ DATABASE_URL: url, DATABASE_POOL_SIZE: poolSize })).initialize();
}
