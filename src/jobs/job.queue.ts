import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Config, Transactor } from '#common';
import { type JobClaim, LeaseLost } from './job.js';

/** A job that this worker may work on until its lease ends. */
export interface LeasedJob {
  readonly name: string;
  readonly args: Record<string, unknown>;
  /** Which attempt this is, from 1. */
  readonly attempt: number;
  readonly repeatSeconds: number | null;
  readonly claim: Lease;
}

interface DueRow {
  readonly id: string | number;
  readonly name: string;
  readonly args: string | Record<string, unknown>;
  readonly attempt: number;
  readonly lease: number;
  readonly repeat_seconds: number | null;
}

/** A task that comes back by itself so long after it has ended. */
export interface ScheduledTask {
  readonly name: string;
  readonly everySeconds: number;
}

const DONE = "status = 'DONE', run_at = NULL, ended_at = NOW(3)";
const STILL_OURS = "id = ? AND lease = ? AND status = 'READY'";

/** The lease's number only ever grows, so a worker that overslept its lease cannot take another's for its own. */
class Lease implements JobClaim {
  isClosed = false;

  constructor(
    readonly jobId: number,
    readonly lease: number,
    private readonly seconds: number,
  ) {}

  async close(db: EntityManager): Promise<void> {
    await this.#guarded(db, DONE, []);
    this.isClosed = true;
  }

  async renew(db: EntityManager): Promise<void> {
    await this.#guarded(db, 'run_at = NOW(3) + INTERVAL ? SECOND', [this.seconds]);
  }

  async #guarded(db: EntityManager, set: string, parameters: readonly unknown[]): Promise<void> {
    const { affectedRows } = await db.query<{ affectedRows: number }>(`UPDATE job SET ${set} WHERE ${STILL_OURS}`, [
      ...parameters,
      this.jobId,
      this.lease,
    ]);
    if (affectedRows !== 1) throw new LeaseLost(this);
  }
}

/**
 * The table as a queue. Its clock is the server's own (NOW(3)), so workers on machines whose clocks differ agree about leases.
 * Every write names the lease it belongs to.
 */
@Injectable()
export class JobQueue {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly config: Config,
  ) {}

  /** Leases up to `limit` due jobs, oldest first, and never waits for another worker. */
  claim(limit: number): Promise<LeasedJob[]> {
    return this.transactor.run(async (db) => {
      const due = await db.query<DueRow[]>(
        'SELECT id, name, args, attempt, lease, repeat_seconds FROM job WHERE run_at <= NOW(3) ORDER BY run_at LIMIT ? FOR UPDATE SKIP LOCKED',
        [limit],
      );
      if (due.length === 0) return [];
      await db.query(
        'UPDATE job SET run_at = NOW(3) + INTERVAL ? SECOND, attempt = attempt + 1, lease = lease + 1 WHERE id IN (?)',
        [this.config.JOB_LEASE_SECONDS, due.map(({ id }) => id)],
      );
      return due.map((row) => leased(row, this.config.JOB_LEASE_SECONDS));
    });
  }

  /** Closes a job that its handler did not close in a transaction of its own; a scheduled task is due again instead. */
  async finish({ claim, repeatSeconds }: LeasedJob): Promise<void> {
    if (claim.isClosed) return;
    if (repeatSeconds === null) await this.#guarded(claim, DONE, []);
    else await this.#guarded(claim, 'run_at = NOW(3) + INTERVAL ? SECOND, attempt = 0, reason = NULL', [repeatSeconds]);
  }

  /** Puts a job off; looking again later is not an attempt. */
  async snooze({ claim }: LeasedJob, until: Date): Promise<void> {
    await this.#guarded(claim, 'run_at = ?, attempt = attempt - 1, reason = NULL', [until]);
  }

  async retry({ claim }: LeasedJob, afterSeconds: number, reason: string): Promise<void> {
    const microseconds = Math.round(afterSeconds * 1_000_000);
    await this.#guarded(claim, 'run_at = NOW(3) + INTERVAL ? MICROSECOND, reason = ?', [microseconds, reason]);
  }

  /** Keeps the job, with its reason, for somebody to look at. */
  async bury({ claim }: LeasedJob, reason: string): Promise<void> {
    await this.#guarded(claim, "status = 'DEAD', run_at = NULL, ended_at = NOW(3), reason = ?", [reason]);
  }

  /** Makes a scheduled task due at once, with its row if it has none yet; one that a worker has taken up, or that waits after a failure, is left as it is. */
  async hasten(db: EntityManager, { name, everySeconds }: ScheduledTask): Promise<void> {
    await db.query(
      `INSERT INTO job (name, args, unique_key, run_at, repeat_seconds) VALUES (?, '{}', ?, NOW(3), ?)
       ON DUPLICATE KEY UPDATE run_at = IF(attempt = 0, LEAST(run_at, VALUES(run_at)), run_at)`,
      [name, scheduleKey(name), everySeconds],
    );
  }

  /** Makes sure that each scheduled task has its row, with the interval it has today. A worker that is at it keeps its lease. */
  async schedule(tasks: readonly ScheduledTask[]): Promise<void> {
    for (const { name, everySeconds } of tasks) {
      await this.source.query(
        `INSERT INTO job (name, args, unique_key, run_at, repeat_seconds) VALUES (?, '{}', ?, NOW(3), ?)
         ON DUPLICATE KEY UPDATE repeat_seconds = VALUES(repeat_seconds),
           run_at = IF(attempt = 0, LEAST(run_at, VALUES(run_at) + INTERVAL ? SECOND), run_at)`,
        [name, scheduleKey(name), everySeconds, everySeconds],
      );
    }
  }

  async #guarded({ jobId, lease }: Lease, set: string, parameters: readonly unknown[]): Promise<void> {
    await this.source.query(`UPDATE job SET ${set} WHERE ${STILL_OURS}`, [...parameters, jobId, lease]);
  }
}

function scheduleKey(name: string): string {
  return `schedule:${name}`;
}

function leased({ id, name, args, attempt, lease, repeat_seconds }: DueRow, leaseSeconds: number): LeasedJob {
  return {
    name,
    // MySQL's JSON arrives parsed, MariaDB's is text.
    args: typeof args === 'string' ? (JSON.parse(args) as Record<string, unknown>) : args,
    attempt: attempt + 1,
    repeatSeconds: repeat_seconds,
    claim: new Lease(Number(id), lease + 1, leaseSeconds),
  };
}
