import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { Transactor } from '#common';
import { connect } from '../../common/migrated-database.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';
import { Interleaver, type Run, type Work } from './interleaver.js';
import { LockWaits } from './lock-waits.js';
import { course, digitsOf, drawnByLot, furtherInterrupted, preemptive, type Preemptive } from './schedule.js';

let database: TestDatabase;
let source: DataSource;
let lockWaits: LockWaits;
let interleaver: Interleaver;

beforeAll(async () => {
  database = await createDatabase();
  source = await connect(database.url);
  lockWaits = await LockWaits.open(database.url);
  interleaver = new Interleaver(source, lockWaits);
  await source.query('CREATE TABLE jar (name CHAR(1) PRIMARY KEY, beans INT NOT NULL)');
});
afterAll(async () => {
  await lockWaits.close();
  await source.destroy();
  await database.drop();
});
afterEach(async () => {
  await source.query("REPLACE INTO jar VALUES ('a', 0), ('b', 0), ('c', 0), ('d', 0)");
});

/** A transaction that puts a bean into each of some jars, in their order. */
function filling(...jars: readonly string[]): Work {
  return () =>
    new Transactor(source).run(async (db) => {
      for (const jar of jars) await db.query('UPDATE jar SET beans = beans + 1 WHERE name = ?', [jar]);
    });
}

async function beans(): Promise<number[]> {
  const jars = await source.query<{ beans: number }[]>('SELECT beans FROM jar ORDER BY name');
  return jars.map((jar) => jar.beans);
}

describe('two transactions that share nothing', () => {
  const works = [filling('a', 'b', 'c'), filling('d', 'd', 'd')] as const;

  it('have 26 courses with at most two interruptions, and each is met once', async () => {
    const courses: string[] = [];
    let schedules: readonly Preemptive[] = [preemptive(0), preemptive(1)];
    for (let interruptions = 0; interruptions <= 2; interruptions += 1) {
      const further: Preemptive[] = [];
      for (const schedule of schedules) {
        const { steps } = await interleaver.run(works, schedule);
        courses.push(digitsOf(steps));
        further.push(...furtherInterrupted(schedule, steps));
      }
      schedules = further;
    }
    // Either begins; the first is interrupted after 1, 2 or 3 of its 4 statements, and so is the second.
    expect(courses).toHaveLength(2 * (1 + 3 + 3 * 3));
    expect(new Set(courses).size).toBe(courses.length);
    expect(courses).toEqual(expect.arrayContaining(['00001111', '11110000', '00111100', '01110001', '10001110']));
  });

  it('have the same course for the same seed, and again when it is given by its digits', async () => {
    const digits: string[] = [];
    for (const schedule of [drawnByLot(7), drawnByLot(7), drawnByLot(8)])
      digits.push(digitsOf((await interleaver.run(works, schedule)).steps));
    const [first = '', second, other] = digits;
    expect(second).toBe(first);
    expect(other).not.toBe(first);
    expect(digitsOf((await interleaver.run(works, course(first))).steps)).toBe(first);
  });
});

describe('two transactions that want the same row', () => {
  const interrupted = (): Promise<Run> => interleaver.run([filling('a'), filling('a')], preemptive(0, [1]));

  it('wait for one another, which is seen, and the one that holds it goes on', async () => {
    const { lockWaits: seen, steps } = await interrupted();
    expect({ seen, course: digitsOf(steps) }).toEqual({ seen: 1, course: '0101' });
    expect(await beans()).toEqual([2, 0, 0, 0]);
  });

  it('have the same course for the same seed, whoever has to wait and is run again', async () => {
    const works = [filling('a', 'b', 'c'), filling('c', 'b', 'a')] as const;
    for (const seed of [1, 2, 3, 4, 5]) {
      const first = await interleaver.run(works, drawnByLot(seed));
      const second = await interleaver.run(works, drawnByLot(seed));
      expect({ ...second, seed }).toEqual({ ...first, seed });
    }
    expect(await beans()).toEqual([20, 20, 20, 0]);
  });

  it('and wait in a circle are untied by the server, and both succeed in the end', async () => {
    const { steps, answers } = await interleaver.run([filling('a', 'b'), filling('b', 'a')], preemptive(0, [1]));
    expect(steps.filter(({ statement }) => statement === 'ROLLBACK')).toHaveLength(1);
    expect(answers).toEqual([{ value: undefined }, { value: undefined }]);
    expect(await beans()).toEqual([2, 2, 0, 0]);
  });
});
