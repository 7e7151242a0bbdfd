import type { SeededBug } from '../bug.js';

const QUEUE = 'src/jobs/job.queue.ts';

export const JOBS: readonly SeededBug[] = [
  {
    name: 'a worker that overslept its lease closes the job of its successor',
    file: QUEUE,
    search: '"id = ? AND lease = ? AND status = \'READY\'"',
    replace: '"id = ? AND (lease = ? OR TRUE) AND status = \'READY\'"',
    caughtBy: { file: 'test/jobs/lease.test.ts', test: 'that was taken over writes nothing' },
  },
  {
    name: 'a worker that has lost its lease commits all the same',
    file: QUEUE,
    search: 'if (affectedRows !== 1) throw new LeaseLost(this);',
    replace: '',
    caughtBy: { file: 'test/jobs/lease.test.ts', test: 'that was taken over writes nothing' },
  },
  {
    name: 'two workers take the same job',
    file: QUEUE,
    search: 'ORDER BY run_at LIMIT ? FOR UPDATE SKIP LOCKED',
    replace: 'ORDER BY run_at LIMIT ?',
    caughtBy: { file: 'test/jobs/lease.test.ts', test: 'two workers do not wait for each other' },
  },
  {
    name: 'what a transaction causes is published although the transaction comes to nothing',
    file: 'src/jobs/jobs.service.ts',
    search: 'await db.query(`INSERT INTO job',
    replace: 'await db.dataSource.query(`INSERT INTO job',
    caughtBy: { file: 'test/jobs/outbox.test.ts', test: 'a job vanishes with its transaction' },
  },
  {
    name: 'looking again later counts as a failure',
    file: QUEUE,
    search: "'run_at = ?, attempt = attempt - 1, reason = NULL'",
    replace: "'run_at = ?, reason = NULL'",
    caughtBy: { file: 'test/jobs/runner.test.ts', test: 'a job that looks again later has used no attempt' },
  },
  {
    name: 'a job that kills every worker is taken up for ever',
    file: 'src/jobs/job.runner.ts',
    search: "if (isSpent) return this.queue.bury(job, 'no worker that took it up came back');",
    replace: '',
    caughtBy: { file: 'test/jobs/runner.test.ts', test: 'is buried if no worker that took it up ever came back' },
  },
];
