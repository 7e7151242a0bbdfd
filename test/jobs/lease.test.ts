import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { defineJob, LeaseLost } from '#jobs';
import { type Worker, Workshop } from './workshop.js';

const count = defineJob<{ number: number }>('test.count');

let workshop: Workshop;
let first: Worker;
let second: Worker;

beforeAll(async () => {
  workshop = await Workshop.open();
  [first, second] = await Promise.all([workshop.hire([]), workshop.hire([])]);
});
afterAll(async () => {
  await workshop.close();
});
afterEach(async () => {
  await workshop.clear();
});

const enqueue = (jobs: number): Promise<void> =>
  first.jobs.enqueue(
    workshop.source.manager,
    count,
    Array.from({ length: jobs }, (_, number) => ({ number })),
  );
const write = (text: string) => ['INSERT INTO note (text) VALUES (?)', [text]] as [string, string[]];

describe('two workers', () => {
  it('never take the same job, and leave none behind', async () => {
    await enqueue(200);
    const claims = Array.from({ length: 20 }, (_, turn) => (turn % 2 === 0 ? first : second).queue.claim(20));
    let taken = (await Promise.all(claims)).flat();
    // A worker may have found every row it saw locked by the other: the rest is taken afterwards.
    taken = [...taken, ...(await first.queue.claim(200))];
    expect(taken).toHaveLength(200);
    expect(new Set(taken.map(({ claim }) => claim.jobId)).size).toBe(200);
  });

  it('do not wait for each other: what one is looking at the other skips', async () => {
    await enqueue(3);
    await workshop.source.transaction(async (db) => {
      const [locked] = await db.query<[{ id: number | string }]>(
        'SELECT id FROM job ORDER BY run_at, id LIMIT 1 FOR UPDATE',
      );
      const others = await second.queue.claim(20);
      expect(others.map(({ claim }) => claim.jobId)).not.toContain(Number(locked.id));
      expect(others).toHaveLength(2);
    });
  });
});

describe('a lease', () => {
  it('keeps a job from everybody else until it ends', async () => {
    await enqueue(1);
    expect(await first.queue.claim(20)).toHaveLength(1);
    expect(await second.queue.claim(20)).toEqual([]);
    await workshop.passTime();
    expect(await second.queue.claim(20)).toMatchObject([{ attempt: 2 }]);
  });

  it('that was taken over writes nothing: closing it throws, and the transaction is undone', async () => {
    await enqueue(1);
    const [slow] = await first.queue.claim(1);
    await workshop.passTime();
    const [fast] = await second.queue.claim(1);

    const late = workshop.source.transaction(async (db) => {
      await db.query(...write('by the slow one'));
      await slow!.claim.close(db);
    });
    await expect(late).rejects.toThrow(LeaseLost);
    await workshop.source.transaction(async (db) => {
      await fast!.claim.close(db);
      await db.query(...write('by the fast one'));
    });

    expect(await workshop.notes()).toEqual(['by the fast one']);
    expect(await workshop.rows()).toMatchObject([{ status: 'DONE' }]);
  });

  it('that was taken over cannot finish, put off, retry or bury the job of its new holder', async () => {
    await enqueue(1);
    const [slow] = await first.queue.claim(1);
    await workshop.passTime();
    await second.queue.claim(1);
    const [before] = await workshop.rows();

    await first.queue.finish(slow!);
    await first.queue.snooze(slow!, new Date(0));
    await first.queue.retry(slow!, 1, 'slow');
    await first.queue.bury(slow!, 'slow');

    expect(await workshop.rows()).toEqual([before]);
  });

  it('is another one even if the same worker takes the job again', async () => {
    await enqueue(1);
    const [earlier] = await first.queue.claim(1);
    await first.queue.snooze(earlier!, new Date(0));
    await first.queue.claim(1);
    await expect(earlier!.claim.close(workshop.source.manager)).rejects.toThrow(LeaseLost);
  });

  it('closed in a transaction that rolls back leaves the job to come back', async () => {
    await enqueue(1);
    const [job] = await first.queue.claim(1);
    const attempt = workshop.source.transaction(async (db) => {
      await job!.claim.close(db);
      throw new Error('after closing');
    });
    await expect(attempt).rejects.toThrow('after closing');
    await workshop.passTime();
    expect(await second.queue.claim(1)).toHaveLength(1);
  });

  it('that is renewed lasts from now, and cannot be renewed by whoever has lost it', async () => {
    await enqueue(1);
    const [slow] = await first.queue.claim(1);
    await workshop.passTime();
    await slow!.claim.renew(workshop.source.manager);
    expect(await second.queue.claim(1)).toEqual([]);

    await workshop.passTime();
    const [fast] = await second.queue.claim(1);
    await expect(slow!.claim.renew(workshop.source.manager)).rejects.toThrow(LeaseLost);
    await fast!.claim.close(workshop.source.manager);
    await expect(fast!.claim.renew(workshop.source.manager)).rejects.toThrow(LeaseLost);
  });

  it('cannot be closed twice', async () => {
    await enqueue(1);
    const [job] = await first.queue.claim(1);
    await job!.claim.close(workshop.source.manager);
    await expect(job!.claim.close(workshop.source.manager)).rejects.toThrow(LeaseLost);
  });
});
