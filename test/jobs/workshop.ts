import { type INestApplicationContext, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CommonModule, type Config, readConfig } from '#common';
import { JobQueue, JobRunner, Jobs, JobsModule } from '#jobs';
import { databaseOptions, openDatabase } from '../../src/database.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

export interface JobRow {
  readonly name: string;
  readonly status: string;
  readonly attempt: number;
  readonly reason: string | null;
  readonly run_at: Date | null;
}

@Module({})
class WorkerModule {}

/** A worker process of its own, with nothing but jobs. */
export interface Worker {
  readonly app: INestApplicationContext;
  readonly jobs: Jobs;
  readonly queue: JobQueue;
  readonly runner: JobRunner;
}

/** A database with the job table, and as many workers on it as a test wants. */
export class Workshop {
  readonly #workers: Worker[] = [];

  private constructor(
    readonly source: DataSource,
    private readonly database: TestDatabase,
  ) {}

  static async open(): Promise<Workshop> {
    const database = await createDatabase();
    const source = await openDatabase(configOf(database.url));
    await source.runMigrations({ transaction: 'none' });
    await source.query('CREATE TABLE note (id INT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(64) NOT NULL)');
    return new Workshop(source, database);
  }

  /** Somebody who does the jobs that these handlers name. */
  async hire(handlers: readonly Type[], environment: Partial<Record<keyof Config, string>> = {}): Promise<Worker> {
    const config = configOf(this.database.url, environment);
    const app = await NestFactory.createApplicationContext(
      {
        module: WorkerModule,
        imports: [
          CommonModule.with(config),
          TypeOrmModule.forRootAsync({
            useFactory: () => databaseOptions(config),
            dataSourceFactory: () => openDatabase(config),
          }),
          JobsModule,
        ],
        providers: [...handlers],
      },
      { logger: false, abortOnError: false },
    );
    const worker = { app, jobs: app.get(Jobs), queue: app.get(JobQueue), runner: app.get(JobRunner) };
    this.#workers.push(worker);
    return worker;
  }

  async rows(): Promise<JobRow[]> {
    return this.source.query<JobRow[]>('SELECT name, status, attempt, reason, run_at FROM job ORDER BY id');
  }

  async notes(): Promise<string[]> {
    const rows = await this.source.query<{ text: string }[]>('SELECT text FROM note ORDER BY id');
    return rows.map(({ text }) => text);
  }

  /** Lets the time of every lease and of every retry pass at once. */
  async passTime(): Promise<void> {
    await this.source.query("UPDATE job SET run_at = NOW(3) WHERE status = 'READY'");
  }

  async clear(): Promise<void> {
    await this.source.query('DELETE FROM job');
    await this.source.query('DELETE FROM note');
  }

  async close(): Promise<void> {
    for (const { app } of this.#workers) await app.close();
    await this.source.destroy();
    await this.database.drop();
  }
}

function configOf(url: string, environment: Partial<Record<keyof Config, string>> = {}): Config {
  return readConfig({
    ...process.env,
    NODE_ENV: 'test',
    DATABASE_URL: url,
    JOB_POLL_MILLISECONDS: '5',
    ...environment,
  });
}
