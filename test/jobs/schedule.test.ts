import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { defineJob, Handles, type Outcome, purgeOldRows } from '#jobs';
import { SCHEDULE, scheduleOf } from '../../src/schedule.js';
import { type Worker, Workshop } from './workshop.js';

const tidy = defineJob<Record<string, never>>('test.tidy', { attemptsMax: 1 });
const TASKS = [{ name: tidy.name, everySeconds: 600 }];

let runs = 0;
let isBroken = false;

@Injectable()
class Cleaner {
  @Handles(tidy)
  tidy(): Promise<Outcome> {
    runs += 1;
    return isBroken ? Promise.reject(new Error('no broom')) : Promise.resolve('done');
  }
}

let workshop: Workshop;
let first: Worker;
let second: Worker;

beforeAll(async () => {
  workshop = await Workshop.open();
  [first, second] = await Promise.all([workshop.hire([Cleaner]), workshop.hire([Cleaner])]);
});
afterAll(async () => {
  await workshop.close();
});
afterEach(async () => {
  await workshop.clear();
  runs = 0;
  isBroken = false;
});

/** How far off the task's next run is, by the server's clock. */
const waitSeconds = async (): Promise<number> => {
  const [row] = await workshop.source.query<[{ seconds: string }]>(
    'SELECT TIMESTAMPDIFF(MICROSECOND, NOW(3), run_at) / 1000000 AS seconds FROM job',
  );
  return Number(row.seconds);
};

describe('a scheduled task', () => {
  it('exists once, however many workers start at once, and runs at once', async () => {
    await Promise.all([first, second, first, second].map(({ queue }) => queue.schedule(TASKS)));
    await Promise.all([first.runner.drain(), second.runner.drain()]);
    expect(await workshop.rows()).toHaveLength(1);
    expect(runs).toBe(1);
  });

  it('comes back after its interval, as fresh as before', async () => {
    await first.queue.schedule(TASKS);
    for (let round = 0; round < 30; round += 1) {
      await workshop.passTime();
      await second.runner.drain();
    }
    expect(runs).toBe(30);
    expect(await workshop.rows()).toMatchObject([{ status: 'READY', attempt: 0, reason: null }]);
    expect(await waitSeconds()).toBeGreaterThan(590);
    expect(await waitSeconds()).toBeLessThanOrEqual(600);
  });

  it('that fails shows why, never dies, and comes back as well', async () => {
    isBroken = true;
    await first.queue.schedule(TASKS);
    for (let round = 0; round < 30; round += 1) {
      await workshop.passTime();
      await first.runner.drain();
    }
    expect(await workshop.rows()).toMatchObject([{ status: 'READY', reason: expect.stringContaining('no broom') }]);
    expect(await waitSeconds()).toBeGreaterThan(590);

    isBroken = false;
    await workshop.passTime();
    await first.runner.drain();
    expect(await workshop.rows()).toMatchObject([{ status: 'READY', reason: null }]);
  });

  it('takes over a shorter interval at the next start, and does not wait for the old one', async () => {
    await first.queue.schedule(TASKS);
    await first.runner.drain();
    await second.queue.schedule([{ name: tidy.name, everySeconds: 5 }]);
    expect(await waitSeconds()).toBeLessThanOrEqual(5);
  });

  it('is left to the worker that is at it by one that starts meanwhile, however short its interval', async () => {
    await first.queue.schedule([{ name: tidy.name, everySeconds: 1 }]);
    expect(await first.queue.claim(1)).toHaveLength(1);
    await second.queue.schedule([{ name: tidy.name, everySeconds: 1 }]);
    expect(await waitSeconds()).toBeGreaterThan(290);
  });

  it('can be hastened, also before any worker has made it; whoever is at it keeps it', async () => {
    const hasten = (): Promise<void> => second.queue.hasten(workshop.source.manager, TASKS[0]!);
    await Promise.all([hasten(), hasten()]);
    await first.runner.drain();
    expect(runs).toBe(1);

    await hasten();
    await first.runner.drain();
    expect(runs).toBe(2);

    await hasten();
    const [held] = await first.queue.claim(1);
    await hasten();
    expect(await second.queue.claim(1)).toEqual([]);
    await first.queue.finish(held!);
    expect(await waitSeconds()).toBeGreaterThan(590);
    expect(await workshop.rows()).toHaveLength(1);
  });

  it('is not run again at once by a worker that only restarts', async () => {
    await first.queue.schedule(TASKS);
    await first.runner.drain();
    await second.queue.schedule(TASKS);
    await second.runner.drain();
    expect(runs).toBe(1);
  });
});

describe('the purge', () => {
  it('forgets finished jobs and used keys after seven days, and nothing else', async () => {
    const insertJob = (name: string, status: string, daysAgo: number): Promise<unknown> =>
      workshop.source.query(
        `INSERT INTO job (name, args, status, run_at, ended_at, reason)
         VALUES (?, '{}', ?, IF(? = 'READY', NOW(3) + INTERVAL 1 DAY, NULL), NOW(3) - INTERVAL ? DAY, 'why')`,
        [name, status, status, daysAgo],
      );
    await insertJob('done long ago', 'DONE', 8);
    await insertJob('done lately', 'DONE', 6);
    await insertJob('dead long ago', 'DEAD', 80);
    await insertJob('waiting long', 'READY', 80);
    for (const [key, daysAgo] of [
      ['old', 8],
      ['fresh', 6],
    ] as const) {
      await workshop.source.query(
        "INSERT INTO idempotency VALUES (REPEAT('a', 16), ?, REPEAT('h', 32), REPEAT('r', 16), NOW(3) - INTERVAL ? DAY)",
        [key, daysAgo],
      );
    }

    await first.queue.schedule([{ name: purgeOldRows.name, everySeconds: 3_600 }]);
    await first.runner.drain();

    expect((await workshop.rows()).map(({ name }) => name)).toEqual([
      'done lately',
      'dead long ago',
      'waiting long',
      purgeOldRows.name,
    ]);
    expect(await workshop.source.query('SELECT idempotency_key FROM idempotency')).toEqual([
      { idempotency_key: 'fresh' },
    ]);
  });
});

it('the schedule names no task twice, and each comes back within the hour', () => {
  const names = SCHEDULE.map(({ job }) => job.name);
  expect(new Set(names).size).toBe(names.length);
  for (const { everySeconds } of SCHEDULE) expect(everySeconds).toBeGreaterThan(0);
  for (const { everySeconds } of SCHEDULE) expect(everySeconds).toBeLessThanOrEqual(3_600);
});

it('a worker of a replay comes back to everything soon, but looks at the invariants as often as it is told', () => {
  const intervals = scheduleOf({ SCHEDULE_EVERY_SECONDS_MAX: 3, INVARIANTS_EVERY_SECONDS: 900 }).map(
    ({ name, everySeconds }) => [name, everySeconds],
  );
  expect(intervals).toEqual([...SCHEDULE.map(({ job }) => [job.name, 3]), ['invariants.run', 900]]);
});
