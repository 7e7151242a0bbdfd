import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { INVARIANTS, purgeInvariantRuns } from '#invariants';
import { JobQueue, LeaseLost } from '#jobs';
import { anOffer } from '../support/builders.js';
import { Shop } from '../support/shop.js';
import { until } from '../support/sound.js';
import { Worker } from '../support/worker.js';
import { anInvariant, FOREVER, Judge, makeDue, standingOf, takeUp } from './runs.js';

const UNITS = 'units-add-up';
const RESERVED = 'reserved-equals-reservations';

let shop: Shop;
let judge: Judge;
let errors: string[] = [];
let warnings: string[] = [];

beforeAll(async () => {
  shop = await Shop.open();
  judge = new Judge(shop.app, shop.source, INVARIANTS);
  await anOffer(shop, { stock: 50 });
});
afterAll(async () => {
  await shop.close();
});
beforeEach(async () => {
  for (const table of ['invariant_run', 'invariant_verdict', 'invariant_incident', 'job'])
    await shop.rows(`DELETE FROM ${table}`);
  [errors, warnings] = [[], []];
  jest.spyOn(Logger.prototype, 'error').mockImplementation((line: string) => void errors.push(line));
  jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: string) => void warnings.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
});

const runs = () => shop.rows<{ finished_at: Date | null }>('SELECT * FROM invariant_run ORDER BY id');
const incidents = () => shop.rows<{ closed_at: Date | null }>('SELECT * FROM invariant_incident ORDER BY id');

it('a run in a shop where all is well judges everything, finds nothing broken and says nothing', async () => {
  const { lastRun, runningSince, invariants } = await judge.run();
  expect(lastRun).toMatchObject({ checked: INVARIANTS.length, skipped: 0, unfinished: 0, broken: 0 });
  expect(lastRun!.finishedAt!.getTime()).toBeGreaterThanOrEqual(lastRun!.startedAt.getTime());
  expect(runningSince).toBeNull();
  expect(new Set(invariants.map(({ status }) => status))).toEqual(new Set(['HOLDS']));
  for (const { lastJudgedAt } of invariants) expect(lastJudgedAt).toEqual(lastRun!.startedAt);
  expect([errors, warnings]).toEqual([[], []]);
});

it('nothing is said to hold before anybody has looked', async () => {
  const { lastRun, invariants } = await judge.report();
  expect(lastRun).toBeNull();
  expect(new Set(invariants.map(({ status }) => status))).toEqual(new Set(['NEVER_JUDGED']));
});

it('the names of invariants are their own, short enough to be kept, and made for people to read', () => {
  const names = INVARIANTS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z][a-z-]{1,63}$/);
});

describe('what is broken', () => {
  it('is one incident from when it is first seen until it is mended, told when it begins, changes and ends', async () => {
    await shop.rows('UPDATE stock SET on_hand = on_hand + 1');
    const first = await judge.run();
    const second = await judge.run();
    expect(standingOf(first, UNITS)).toMatchObject({ status: 'BROKEN', incident: { brokenRows: 1 } });
    expect(standingOf(second, UNITS).incident).toMatchObject({
      firstSeenAt: first.lastRun!.startedAt,
      lastSeenAt: second.lastRun!.startedAt,
    });
    expect(standingOf(second, RESERVED).status).toBe('HOLDS');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(
      /^INV-15 units-add-up is broken: On hand, reserved and sold sum to .+ Rows: 1, first \[\{"sku":"[0-9A-F]{32}".*\}\]$/,
    );
    expect(errors[0]).not.toContain('\n');

    await shop.rows('UPDATE stock SET on_hand = on_hand + 1');
    await judge.run();
    expect(errors).toHaveLength(2);

    await shop.rows('UPDATE stock SET on_hand = on_hand - 2');
    const mended = await judge.run();
    expect(standingOf(mended, UNITS)).toMatchObject({ status: 'HOLDS', incident: null });
    expect(await incidents()).toMatchObject([{ name: UNITS, closed_at: mended.lastRun!.startedAt }]);
    expect(warnings).toEqual([expect.stringMatching(/^INV-15 units-add-up holds again: /)]);
    await judge.run();
    expect([errors.length, warnings.length]).toEqual([2, 1]);
  });

  it('again after it was mended is another incident', async () => {
    for (const units of [1, -1, 1, -1]) {
      await shop.rows('UPDATE stock SET on_hand = on_hand + ?', [units]);
      await judge.run();
    }
    expect((await incidents()).map(({ closed_at }) => closed_at !== null)).toEqual([true, true]);
  });

  it('in very many rows is told by the first few', async () => {
    const many = new Judge(shop.app, shop.source, [
      anInvariant(
        'many',
        'SELECT a.id AS id, REPEAT("x", 500) AS text FROM (SELECT 1 AS id UNION SELECT 2) AS a, information_schema.columns',
      ),
    ]);
    const { incident } = standingOf(await many.run(), 'many');
    expect(incident).toMatchObject({ brokenRows: 100 });
    expect(incident!.samples).toHaveLength(5);
    expect(JSON.stringify(incident!.samples).length).toBeLessThan(1_500);
  });
});

describe('what holds only while nothing is in flight', () => {
  const BUSY = "INSERT INTO job (name, args, run_at) VALUES ('x', '{}', NOW(3) + INTERVAL 1 HOUR)";
  const REST = "DELETE FROM job WHERE name = 'x'";
  const toggled = anInvariant('toggled', "SELECT 1 AS id FROM job WHERE unique_key = 'broken'", true);

  it.each([
    ['work is due', 'run_at = NOW(3)'],
    ['work has failed and is tried again', "reason = 'why'"],
    ['a worker is at it', 'attempt = 1, lease = 1'],
  ])('is skipped while %s, and keeps the time at which it was last judged', async (_what, change) => {
    const quiet = new Judge(shop.app, shop.source, [toggled]);
    const before = await quiet.run();
    await shop.rows(BUSY);
    // Not before the run itself has been taken up, because nobody handles this job.
    const { claim } = await takeUp(shop.app, shop.source);
    await shop.rows(`UPDATE job SET ${change} WHERE name = 'x'`);
    await quiet.runs.run(claim);
    const after = await quiet.report();
    expect(after.lastRun).toMatchObject({ checked: 0, skipped: 1 });
    expect(after.lastRun!.id).not.toBe(before.lastRun!.id);
    expect(standingOf(after, 'toggled')).toMatchObject({ status: 'SKIPPED', lastJudgedAt: before.lastRun!.startedAt });
  });

  it('stays broken while it is skipped, until it is seen to hold', async () => {
    const quiet = new Judge(shop.app, shop.source, [toggled]);
    await shop.rows(BUSY);
    await shop.rows("UPDATE job SET unique_key = 'broken' WHERE name = 'x'");
    expect(standingOf(await quiet.run(), 'toggled').status).toBe('BROKEN');
    await shop.rows("UPDATE job SET unique_key = NULL, attempt = 1 WHERE name = 'x'");
    const skipped = await quiet.run();
    expect(skipped.lastRun).toMatchObject({ skipped: 1 });
    expect(standingOf(skipped, 'toggled').status).toBe('BROKEN');
    await shop.rows(REST);
    expect(standingOf(await quiet.run(), 'toggled').status).toBe('HOLDS');
  });
});

describe('what cannot be judged', () => {
  it.each([
    ['runs out of time', FOREVER, 'it ran out of time'],
    ['fails', 'SELECT 1 AS id FROM no_such_table', 'it failed: ER_NO_SUCH_TABLE (1146)'],
  ])('because it %s is unfinished, not well, and keeps nothing else from being judged', async (_what, sql, problem) => {
    const fine = anInvariant('fine', 'SELECT 1 AS id FROM stock WHERE FALSE');
    const three = new Judge(shop.app, shop.source, [anInvariant('hopeless', sql), fine], { INVARIANT_SECONDS_MAX: 1 });
    const report = await three.run();
    expect(report.lastRun).toMatchObject({ checked: 1, skipped: 0, unfinished: 1, broken: 0 });
    expect(standingOf(report, 'hopeless')).toMatchObject({ status: 'UNFINISHED', problem, lastJudgedAt: null });
    expect(standingOf(report, 'fine').status).toBe('HOLDS');
    expect(warnings).toEqual([`INV-99 hopeless could not be judged: ${problem}`]);
    expect(await shop.rows('SELECT reason FROM job')).toEqual([{ reason: null }]);
  });
});

describe('workers', () => {
  it('who are all told to look at once make one run', async () => {
    await makeDue(shop.app, shop.source);
    await Promise.all(Array.from({ length: 4 }, () => shop.drain()));
    expect(await runs()).toMatchObject([{ checked: INVARIANTS.length }]);
  });

  it('leave a run to the one who is at it, however much longer than a lease it takes', async () => {
    const slow = Array.from({ length: 6 }, (_, at) =>
      anInvariant(`slow-${at}`, 'SELECT SLEEP(0.4) AS n FROM DUAL HAVING n > 1'),
    );
    const patient = await Shop.open({ environment: { JOB_LEASE_SECONDS: '1' } });
    try {
      const { claim } = await takeUp(patient.app, patient.source);
      const over = new AbortController();
      const run = new Judge(patient.app, patient.source, slow).runs.run(claim).finally(() => {
        over.abort();
      });
      const taken: unknown[] = [];
      while (!over.signal.aborted) taken.push(...(await patient.get(JobQueue).claim(20)));
      await run;
      expect(taken).toEqual([]);
      expect(await patient.rows('SELECT checked FROM invariant_run')).toEqual([{ checked: 6 }]);
    } finally {
      await patient.close();
    }
  });

  it('that have lost their lease write nothing down', async () => {
    const { claim } = await takeUp(shop.app, shop.source);
    const successor = await takeUp(shop.app, shop.source);
    await expect(judge.runs.run(claim)).rejects.toThrow(LeaseLost);
    expect(await runs()).toEqual([]);
    await judge.runs.run(successor.claim);
    expect(await runs()).toHaveLength(1);
  });

  it('that lose it in the middle leave the whole run to their successor', async () => {
    const stolen = anInvariant('stolen', 'SELECT SLEEP(0.5) AS n FROM DUAL HAVING n > 1');
    const { claim } = await takeUp(shop.app, shop.source);
    const late = new Judge(shop.app, shop.source, [stolen, anInvariant('next', 'SELECT 1 AS id')]);
    const lost = expect(late.runs.run(claim)).rejects.toThrow(LeaseLost);
    await until(async () => (await runs()).length === 1, 'the run has begun');
    const successor = await takeUp(shop.app, shop.source);
    await lost;
    expect(await incidents()).toEqual([]);
    await judge.runs.run(successor.claim);
    expect(await runs()).toMatchObject([{ checked: INVARIANTS.length }]);
  });

  it('that lose it in the very last look write nothing of it down', async () => {
    const { claim } = await takeUp(shop.app, shop.source);
    const last = new Judge(shop.app, shop.source, [anInvariant('last', 'SELECT 1 AS id, SLEEP(0.5) AS n')]);
    const lost = expect(last.runs.run(claim)).rejects.toThrow(LeaseLost);
    await until(async () => (await runs()).length === 1, 'the run has begun');
    await takeUp(shop.app, shop.source);
    await lost;
    expect([await runs(), await incidents()]).toMatchObject([[{ finished_at: null }], []]);
  });

  it('that are killed in the middle leave nothing that looks finished; the next run is whole', async () => {
    const blocker = shop.source.createQueryRunner();
    let worker: Worker | undefined;
    try {
      // Whoever reads transfers waits, so that the run stands still where the money is looked at.
      await blocker.query('LOCK TABLES transfer WRITE');
      worker = await Worker.start(shop.environment);
      await until(async () => (await shop.rows('SELECT id FROM invariant_run')).length === 1, 'a worker is at it');
    } finally {
      await worker?.kill();
      await blocker.query('UNLOCK TABLES');
      await blocker.release();
    }
    const left = await judge.report();
    expect([left.lastRun, left.runningSince]).toEqual([null, expect.any(Date)]);
    expect(new Set(left.invariants.map(({ status }) => status))).toEqual(new Set(['NEVER_JUDGED']));

    const { lastRun, runningSince } = await judge.run();
    expect(lastRun).toMatchObject({ unfinished: 0, broken: 0 });
    expect(runningSince).toBeNull();
    expect(await runs()).toHaveLength(1);
  });
});

it('forgets runs after a month and what was broken three months after it was mended, and nothing that still is', async () => {
  for (const days of [31, 29])
    await shop.rows(
      'INSERT INTO invariant_run (started_at, finished_at, checked) VALUES (NOW(3), NOW(3) - INTERVAL ? DAY, ?)',
      [days, days],
    );
  for (const [name, closed] of [
    ['long-mended', 91],
    ['mended', 89],
    ['open', null],
  ] as const)
    await shop.rows(
      `INSERT INTO invariant_incident (name, first_seen_at, last_seen_at, closed_at, broken_rows, samples)
       VALUES (?, '2020-01-01', '2020-01-01', NOW(3) - INTERVAL ? DAY, 1, '[]')`,
      [name, closed],
    );
  await shop.get(JobQueue).schedule([{ name: purgeInvariantRuns.name, everySeconds: 3_600 }]);
  await shop.drain();
  expect(await runs()).toMatchObject([{ checked: 29 }]);
  expect(await incidents()).toMatchObject([{ name: 'mended' }, { name: 'open' }]);
});
