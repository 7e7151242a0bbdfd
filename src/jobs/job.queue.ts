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

const DONE = "status = 'DONE', run_at = NULL, ended_at = NOW(3)";
const STILL_OURS = "id = ? AND lease = ? AND status = 'READY'";

/** The lease's number only ever grows, so a worker that overslept its lease cannot take another's for its own. */
class Lease implements JobClaim {
  isClosed = false;

  constructor(
    readonly jobId: number,
    readonly lease: number,
  ) {}

  async close(db: EntityManager): Promise<void> {
    const { affectedRows } = await db.query<{ affectedRows: number }>(`UPDATE job SET ${DONE} WHERE ${STILL_OURS}`, [
      this.jobId,
      this.lease,
    ]);
    if (affectedRows !== 1) throw new LeaseLost(this);
    this.isClosed = true;
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
      return due.map((row) => leased(row));
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

  /** Makes sure that each scheduled task has its row, with the interval it has today. */
  async schedule(tasks: readonly { readonly name: string; readonly everySeconds: number }[]): Promise<void> {
    for (const { name, everySeconds } of tasks) {
      await this.source.query(
        `INSERT INTO job (name, args, unique_key, run_at, repeat_seconds) VALUES (?, '{}', ?, NOW(3), ?)
         ON DUPLICATE KEY UPDATE repeat_seconds = VALUES(repeat_seconds), run_at = LEAST(run_at, VALUES(run_at) + INTERVAL ? SECOND)`,
        [name, `schedule:${name}`, everySeconds, everySeconds],
      );
    }
  }

  async #guarded({ jobId, lease }: Lease, set: string, parameters: readonly unknown[]): Promise<void> {
    await this.source.query(`UPDATE job SET ${set} WHERE ${STILL_OURS}`, [...parameters, jobId, lease]);
  }
}

function leased({ id, name, args, attempt, lease, repeat_seconds }: DueRow): LeasedJob {
  return {
    name,
    // MySQL's JSON arrives parsed, MariaDB's is text.
    args: typeof args === 'string' ? (JSON.parse(args) as Record<string, unknown>) : args,
    attempt: attempt + 1,
    repeatSeconds: repeat_seconds,
    claim: new Lease(Number(id), lease + 1),
  };
}
