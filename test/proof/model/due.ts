import { jest } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { JobQueue } from '#jobs';
import { SCHEDULE } from '../../../src/schedule.js';
import type { Shop } from '../../support/shop.js';

/** Far beyond any time that a run lets pass, so that a job that is held back is not taken for one that is snoozed. */
const HELD_BACK_DAYS = 10_000;

/** The shop's jobs, worked off in an order that does not hang on the speed of machines. */
export class Due {
  constructor(private readonly shop: Shop) {}

  /** Writes down the clock's own tasks, as a worker does when it starts; they wait until `dueByClock`. */
  async schedule(): Promise<void> {
    const tasks = SCHEDULE.map(({ job, everySeconds }) => ({ name: job.name, everySeconds }));
    await this.shop.get(JobQueue).schedule(tasks);
    await this.#park();
  }

  async dueByClock(): Promise<void> {
    const names = SCHEDULE.map(({ job }) => job.name);
    await this.shop.rows(
      "UPDATE job SET run_at = NOW(3) WHERE status = 'READY' AND repeat_seconds IS NOT NULL AND name IN (?)",
      [names],
    );
  }

  /** Works off all that is due, or what names one of these, or is named so; one job after the other, each with everything that follows from it. */
  async work(about: readonly string[] | 'ALL'): Promise<void> {
    const due = await this.shop.rows<{ id: number; name: string; args: string }>(
      "SELECT id, name, CAST(args AS CHAR) AS args FROM job WHERE status = 'READY' AND run_at <= NOW(3) ORDER BY run_at, id",
    );
    await this.shop.rows(
      `UPDATE job SET run_at = run_at + INTERVAL ${HELD_BACK_DAYS} DAY WHERE status = 'READY' AND run_at <= NOW(3)`,
    );
    for (const { id, name, args } of due) {
      if (about !== 'ALL' && !about.some((each) => name === each || args.includes(each))) continue;
      await this.shop.rows('UPDATE job SET run_at = NOW(3) WHERE id = ?', [id]);
      await this.#withoutChance(() => this.#follow());
    }
    await this.shop.rows(
      `UPDATE job SET run_at = run_at - INTERVAL ${HELD_BACK_DAYS} DAY
       WHERE status = 'READY' AND repeat_seconds IS NULL AND run_at > NOW(3) + INTERVAL ${HELD_BACK_DAYS / 2} DAY`,
    );
    await this.#park();
  }

  /** Waits until WeChat has told the shop all that it had to tell. */
  async delivered(): Promise<void> {
    while ((await this.shop.books()).undelivered_notifications > 0) await sleep(2);
  }

  /** Retries are spread by chance, which nobody could foretell: here each is made as soon as its plan allows. */
  async #withoutChance(work: () => Promise<void>): Promise<void> {
    const chance = jest.spyOn(Math, 'random').mockReturnValue(0);
    await work().finally(() => {
      chance.mockRestore();
    });
  }

  /** Notifications may come while jobs are run, and bring others. */
  async #follow(): Promise<void> {
    do {
      await this.shop.drain(1);
      await this.delivered();
    } while (await this.#isAnyDue());
  }

  async #isAnyDue(): Promise<boolean> {
    const due = await this.shop.rows("SELECT 1 FROM job WHERE status = 'READY' AND run_at <= NOW(3) LIMIT 1");
    return due.length > 0;
  }

  async #park(): Promise<void> {
    await this.shop.rows(
      `UPDATE job SET run_at = NOW(3) + INTERVAL ${HELD_BACK_DAYS} DAY WHERE status = 'READY' AND repeat_seconds IS NOT NULL`,
    );
  }
}
