import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, type EntityManager, In, Not } from 'typeorm';
import { JobRunner } from '#jobs';
import type { Order } from '#orders';
import { Refund, RefundDriver } from '#payments';
import { Seat } from '#teams';
import type { Services } from './demo-phones.js';

/** Longer than the lease of a seed that was killed. */
const PATIENCE_MILLISECONDS = 20_000;
/** WeChat may be told to take its time over refunds; but it is asked that often at least, however slow this machine is. */
const REFUND_PATIENCE_MILLISECONDS = 2_000;
const REFUND_QUESTIONS_MIN = 10;
const PAUSE_MILLISECONDS = 10;

/** Nothing is wrong, but whoever took the work up has not finished it: a process that was killed, say, whose lease is not over. */
export class StillUnderWay extends Error {
  override readonly name = 'StillUnderWay';
}

/** What happens between two deeds: jobs are worked off here, because no worker may be there to do it. */
export class Errands {
  readonly #db: EntityManager;
  readonly #runner: JobRunner;
  readonly #driver: RefundDriver;

  constructor(app: Services) {
    this.#db = app.get(DataSource).manager;
    this.#runner = app.get(JobRunner, { strict: false });
    this.#driver = app.get(RefundDriver, { strict: false });
  }

  /**
   * Works off what is due until a seat has come so far.
   *
   * @throws StillUnderWay if it does not; Error with what went wrong with jobs, if anything did
   */
  async until({ id }: Seat, isThere: (seat: Seat) => boolean): Promise<void> {
    for (const end = performance.now() + PATIENCE_MILLISECONDS; performance.now() < end;) {
      await this.#runner.drain();
      // Somebody else may have taken the job up and still be at it.
      if (isThere(await this.#db.findOneByOrFail(Seat, { id }))) return;
      await sleep(PAUSE_MILLISECONDS);
    }
    const { status } = await this.#db.findOneByOrFail(Seat, { id });
    const failed = await this.#db.query<unknown[]>('SELECT name, reason FROM job WHERE reason IS NOT NULL LIMIT 5');
    const story = `nothing more came of ${id}, which is ${status}`;
    if (failed.length === 0) throw new StillUnderWay(story);
    throw new Error(`${story}: ${JSON.stringify(failed)}`);
  }

  /** Whether WeChat knows of money that an order gives back. */
  isRefundSent({ id }: Order): Promise<boolean> {
    return this.#db.existsBy(Refund, { orderId: id, status: Not('CREATED') });
  }

  /** Sees to what an order gives back, as long as WeChat is quick about it. False if some of it is still owed: then it is the worker's. */
  async bringBack({ id }: Order): Promise<boolean> {
    const end = performance.now() + REFUND_PATIENCE_MILLISECONDS;
    for (let asked = 0; asked < REFUND_QUESTIONS_MIN || performance.now() < end; asked += 1) {
      await this.#runner.drain();
      const owed = await this.#db.findBy(Refund, { orderId: id, status: In(['CREATED', 'SUBMITTED']) });
      if (owed.length === 0) break;
      // Accepted is not paid. A job would ask again in half a minute.
      for (const refund of owed) await this.#driver.drive(refund.id);
      await sleep(PAUSE_MILLISECONDS);
    }
    const refunds = await this.#db.findBy(Refund, { orderId: id, status: Not('CLOSED') });
    return refunds.length > 0 && refunds.every(({ status }) => status === 'SUCCEEDED');
  }
}
