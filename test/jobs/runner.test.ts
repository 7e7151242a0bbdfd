import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type ArgsOf, defineJob, Handles, type JobClaim, type Outcome } from '#jobs';
import { retryAfterSeconds } from '../../src/jobs/job.js';
import { type Gate, gate } from '../common/gate.js';
import { type JobRow, type Worker, Workshop } from './workshop.js';

const FUTURE = new Date('2999-01-01T00:00:00.000Z');
const RETRY_SECONDS = [60, 300];

const lookAgain = defineJob<Record<string, never>>('test.lookAgain');
const fail = defineJob<Record<string, never>>('test.fail', { attemptsMax: 3, retrySeconds: RETRY_SECONDS });
const giveUp = defineJob<Record<string, never>>('test.giveUp');
const closeThenFail = defineJob<Record<string, never>>('test.closeThenFail');
const wait = defineJob<{ name: string }>('test.wait');
const orphan = defineJob<Record<string, never>>('test.orphan');

let started: Gate;
let mayEnd: Gate;

@Injectable()
class Hands {
  constructor(private readonly source: DataSource) {}

  @Handles(lookAgain)
  lookAgain(): Promise<Outcome> {
    return Promise.resolve({ snoozeUntil: FUTURE });
  }

  @Handles(fail)
  fail(): Promise<Outcome> {
    return Promise.reject(new Error('the printer is on fire'));
  }

  @Handles(giveUp)
  giveUp(): Promise<Outcome> {
    return Promise.resolve({ giveUp: 'nobody lives there' });
  }

  @Handles(closeThenFail)
  async closeThenFail(_args: object, claim: JobClaim): Promise<Outcome> {
    await this.source.transaction(async (db) => {
      await claim.close(db);
      await db.query("INSERT INTO note (text) VALUES ('half')");
      throw new Error('after closing');
    });
    return 'done';
  }

  @Handles(wait)
  async wait({ name }: ArgsOf<typeof wait>): Promise<Outcome> {
    started.open();
    await mayEnd.opened;
    await this.source.query('INSERT INTO note (text) VALUES (?)', [name]);
    return 'done';
  }
}

let workshop: Workshop;
let worker: Worker;

beforeAll(async () => {
  workshop = await Workshop.open();
  worker = await workshop.hire([Hands]);
});
afterAll(async () => {
  await workshop.close();
});
afterEach(async () => {
  await workshop.clear();
});

const enqueue = (job: Parameters<Worker['jobs']['enqueue']>[1], args: object = {}): Promise<void> =>
  worker.jobs.enqueue(workshop.source.manager, job, args);
const onlyRow = async (): Promise<JobRow> => {
  const rows = await workshop.rows();
  expect(rows).toHaveLength(1);
  return rows[0]!;
};
/** How far off a row's next attempt is, by the server's clock. */
const waitSeconds = async (): Promise<number> => {
  const [row] = await workshop.source.query<[{ seconds: string }]>(
    'SELECT TIMESTAMPDIFF(MICROSECOND, NOW(3), run_at) / 1000000 AS seconds FROM job',
  );
  return Number(row.seconds);
};

describe('a job that looks again later', () => {
  it('has used no attempt, however often it does', async () => {
    await enqueue(lookAgain);
    for (let round = 0; round < 30; round += 1) {
      await workshop.passTime();
      await worker.runner.drain();
    }
    expect(await onlyRow()).toMatchObject({ status: 'READY', attempt: 0, run_at: FUTURE });
  });
});

describe('a job that fails', () => {
  it('comes back by its plan and is then kept as dead, with its reason', async () => {
    await enqueue(fail);
    for (const [index, seconds] of RETRY_SECONDS.entries()) {
      await workshop.passTime();
      await worker.runner.drain();
      expect(await onlyRow()).toMatchObject({ status: 'READY', attempt: index + 1 });
      const waits = await waitSeconds();
      expect(waits).toBeGreaterThan(seconds - 2);
      expect(waits).toBeLessThanOrEqual(seconds * 1.25);
    }
    await workshop.passTime();
    await worker.runner.drain();
    expect(await onlyRow()).toMatchObject({
      status: 'DEAD',
      attempt: 3,
      run_at: null,
      reason: expect.stringContaining('the printer is on fire'),
    });
  });

  // prettier-ignore
  it.each<[attempt: number, random: number, seconds: number]>([
    [1, 0, 60],
    [1, 1, 75],
    [2, 0, 300],
    [9, 0, 300], // the last one repeats
    [9, 1, 375],
  ])('waits after attempt %d, at chance %d, for %d seconds', (attempt, random, seconds) => {
    expect(retryAfterSeconds({ retrySeconds: RETRY_SECONDS }, attempt, random)).toBe(seconds);
  });

  it('after closing its claim leaves nothing half done and comes back', async () => {
    await enqueue(closeThenFail);
    await worker.runner.drain();
    expect(await workshop.notes()).toEqual([]);
    expect(await onlyRow()).toMatchObject({
      status: 'READY',
      attempt: 1,
      reason: expect.stringContaining('after closing'),
    });
  });

  it('never stops the others', async () => {
    started = gate();
    mayEnd = gate();
    mayEnd.open();
    for (let number = 0; number < 25; number += 1) await enqueue(fail);
    await enqueue(wait, { name: 'the healthy one' });
    for (let number = 0; number < 25; number += 1) await enqueue(orphan);
    await worker.runner.drain();
    expect(await workshop.notes()).toEqual(['the healthy one']);
  });
});

describe('a job that cannot succeed', () => {
  it('is kept as dead with the reason that its handler gives, at once', async () => {
    await enqueue(giveUp);
    await worker.runner.drain();
    expect(await onlyRow()).toMatchObject({ status: 'DEAD', attempt: 1, reason: 'nobody lives there' });
  });

  it('is buried if no worker that took it up ever came back', async () => {
    await enqueue(fail);
    for (let crash = 0; crash < 3; crash += 1) {
      expect(await worker.queue.claim(1)).toHaveLength(1);
      await workshop.passTime();
    }
    await worker.runner.drain();
    expect(await onlyRow()).toMatchObject({ status: 'DEAD', reason: 'no worker that took it up came back' });
  });

  it('waits for a worker of another version if this one does not know it, however often it comes by', async () => {
    await enqueue(orphan);
    for (let round = 0; round < 25; round += 1) {
      await worker.runner.drain();
      await workshop.passTime();
    }
    expect(await onlyRow()).toMatchObject({ status: 'READY', attempt: 0 });
  });
});

describe('a worker that is told to stop', () => {
  it('finishes what is under way, claims nothing more, and only then has stopped', async () => {
    started = gate();
    mayEnd = gate();
    const leaving = await workshop.hire([Hands], { JOB_CONCURRENCY: '1' });
    leaving.runner.start();
    await enqueue(wait, { name: 'under way' });
    await started.opened;
    await enqueue(wait, { name: 'too late' });

    let hasStopped = false;
    const stopping = leaving.runner.stop().then(() => {
      hasStopped = true;
    });
    await workshop.rows(); // The worker had time to stop, if it did not wait.
    expect(hasStopped).toBe(false);
    mayEnd.open();
    await stopping;

    expect(await workshop.notes()).toEqual(['under way']);
    expect(await workshop.rows()).toMatchObject([
      { status: 'DONE', attempt: 1 },
      { status: 'READY', attempt: 0 },
    ]);
  });
});
