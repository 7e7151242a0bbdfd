import { type DataSource, type Migration, MigrationExecutor } from 'typeorm';
import { checkServer, UnfitDatabase } from '../../boot-checks.js';
import { pendingMigrations } from './history.js';
import { checkRights } from './rights.js';

const WAIT_SECONDS_MAX = 600;

/**
 * Brings the tables up to date, one migration after the other and one migrator at a time. Nothing is touched before the server, the
 * history and the account's rights have been found good.
 *
 * @param source of one connection: the lock is that connection's
 * @param tell hears of each migration when it is done
 * @throws UnfitDatabase that says what is wrong and what to do
 */
export async function migrate(source: DataSource, tell: (line: string) => void): Promise<void> {
  await checkServer(source);
  if (!(await lock(source, 0))) {
    tell('another migration of this database is at work; it is waited for ...');
    if (!(await lock(source, WAIT_SECONDS_MAX))) {
      throw new UnfitDatabase(
        `Another migration of this database has not ended within ${WAIT_SECONDS_MAX} s. Stop it, then try again.`,
      );
    }
  }
  const executor = new MigrationExecutor(source);
  const pending = await pendingMigrations(source, executor);
  if (pending.length > 0) await checkRights(source);
  for (const migration of pending) {
    await run(executor, migration);
    tell(`migrated ${migration.name}`);
  }
}

/** Not in a transaction: the server commits each statement that changes tables by itself. */
async function run(executor: MigrationExecutor, migration: Migration): Promise<void> {
  try {
    await executor.executeMigration(migration);
  } catch (error) {
    throw new UnfitDatabase(
      `Migration ${migration.name} failed: ${error instanceof Error ? error.message : String(error)}\n` +
        'What it did before that stays. If an earlier run was cut short here, restore the backup made before it, or start with an empty database.',
    );
  }
}

/** Held until the connection ends. */
async function lock(source: DataSource, waitSeconds: number): Promise<boolean> {
  const [{ isHeld }] = await source.query<[{ isHeld: string | number | null }]>(
    `SELECT GET_LOCK(CONCAT('migrate ', SHA1(DATABASE())), ?) AS isHeld`,
    [waitSeconds],
  );
  return Number(isHeld) === 1;
}
