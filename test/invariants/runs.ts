import { type INestApplicationContext } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { Config, Transactor } from '#common';
import { type Invariant, runInvariants } from '#invariants';
import { JobQueue } from '#jobs';
import { InvariantReportsService } from '../../src/invariants/invariant-reports.service.js';
import { type InvariantReport, type InvariantStanding } from '../../src/invariants/invariant-report.js';
import { InvariantsService } from '../../src/invariants/invariants.service.js';

const TASK = { name: runInvariants.name, everySeconds: 3_600 };

/** Makes the scheduled run due now, whoever had it. */
export async function makeDue(app: INestApplicationContext, source: DataSource): Promise<void> {
  await app.get(JobQueue).schedule([TASK]);
  await source.query('UPDATE job SET run_at = NOW(3) WHERE name = ?', [TASK.name]);
}

/** Takes up the scheduled run as a worker does, and gives the lease. */
export async function takeUp(app: INestApplicationContext, source: DataSource) {
  await makeDue(app, source);
  const jobs = await app.get(JobQueue).claim(20);
  const job = jobs.find(({ name }) => name === TASK.name);
  if (!job) throw new Error('the run is not due');
  return job;
}

/** Somebody who judges these invariants and no others, on the database of an application. */
export class Judge {
  readonly runs: InvariantsService;
  readonly #reports: InvariantReportsService;

  constructor(
    private readonly app: INestApplicationContext,
    private readonly source: DataSource,
    invariants: readonly Invariant[],
    environment: Partial<Config> = {},
  ) {
    const config = Object.assign(Object.create(app.get(Config)) as Config, environment);
    this.runs = new InvariantsService(source, app.get(Transactor), app.get(JobQueue), config, invariants);
    this.#reports = new InvariantReportsService(source, invariants);
  }

  /** One whole run, as a worker makes it. */
  async run(): Promise<InvariantReport> {
    const job = await takeUp(this.app, this.source);
    await this.runs.run(job.claim);
    await this.app.get(JobQueue).finish(job);
    return this.report();
  }

  report(): Promise<InvariantReport> {
    return this.#reports.report();
  }
}

export function standingOf({ invariants }: InvariantReport, name: string): InvariantStanding {
  const standing = invariants.find((each) => each.name === name);
  if (!standing) throw new Error(`there is no invariant ${name}`);
  return standing;
}

/** An invariant of a test. */
export function anInvariant(name: string, sql: string, whenQuiet = false): Invariant {
  return {
    number: 'INV-99',
    name,
    holds: { zh: '试验不变量成立。', en: 'The invariant of a test holds.' },
    whenQuiet,
    sql,
  };
}

/** A query that takes longer than anybody waits, and can be ended: a thousand million rows are counted. */
const THOUSAND = Array.from({ length: 10 }, (_, digit) => `SELECT ${digit} AS n`).join(' UNION ALL ');
export const FOREVER = `SELECT COUNT(*) AS n FROM ${Array.from({ length: 9 }, (_, at) => `(${THOUSAND}) AS d${at}`).join(', ')} HAVING n < 0`;
