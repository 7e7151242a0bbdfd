import { Injectable, Logger } from '@nestjs/common';
import { DataSource, LessThanOrEqual, MoreThanOrEqual } from 'typeorm';
import { BusinessTime, MachineClock, move, newId, secondsAfter, Transactor } from '#common';
import type { JobClaim } from '#jobs';
import { LeaseLost } from '#jobs';
import { BillClient, BillUnusable, ChannelError } from '#wechat';
import { BillDay, BillType } from './bill-day.entity.js';
import { dropLines, keepLines, sumsOf } from './bill-lines.js';
import { billDayLife, daysToReconcile, tryAgainSeconds } from './reconciliation.rules.js';

const PROBLEM_CHARACTERS_MAX = 255;
const CURRENCY = 'CNY';

/** Gets bills here. What was read of one counts only once all of it is. */
@Injectable()
export class FetchingService {
  readonly #logger = new Logger(FetchingService.name);

  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly machine: MachineClock,
    private readonly bills: BillClient,
  ) {}

  /**
   * Fetches every bill that should be here and is due, oldest first. What cannot be had says why and is tried again later.
   *
   * @param claim the lease of the job, renewed with each chunk of rows
   * @returns false if the channel wants to be asked more slowly, so that some are left
   */
  async fetchDue(claim: JobClaim): Promise<boolean> {
    const last = (await this.#plan()).at(-1);
    if (last === undefined) return true;
    const db = this.source.manager;
    const due = {
      status: 'WAITING',
      day: LessThanOrEqual(last),
      nextTryAt: LessThanOrEqual(this.machine.now()),
    } as const;
    // There are two a day for three months at most.
    for (const day of await db.find(BillDay, { where: due, order: { day: 'ASC', type: 'DESC' } })) {
      if (!(await this.#tryFetch(day, claim))) return false;
    }
    return true;
  }

  /** Writes down the days whose bills should be here. */
  async #plan(): Promise<string[]> {
    const db = this.source.manager;
    const [row] = await db.query<{ first: Date | null }[]>('SELECT MIN(succeeded_at) AS first FROM capture');
    const days = daysToReconcile(row?.first ?? null, await this.businessTime.read(db));
    const [oldest] = days;
    if (oldest === undefined) return days;
    const known = await db.find(BillDay, {
      select: { type: true, day: true },
      where: { day: MoreThanOrEqual(oldest) },
    });
    const isKnown = new Set(known.map(({ type, day }) => `${type} ${day}`));
    const missing = days
      .flatMap((day) => Object.values(BillType).map((type) => ({ type, day })))
      .filter(({ type, day }) => !isKnown.has(`${type} ${day}`));
    if (missing.length > 0)
      await db.insert(
        BillDay,
        missing.map(({ type, day }) => this.#waiting(type, day)),
      );
    return days;
  }

  #waiting(type: BillType, day: string): BillDay {
    return this.source.manager.create(BillDay, {
      ...{ id: newId('bill_day'), type, day, status: 'WAITING', currency: CURRENCY, nextTryAt: this.machine.now() },
      ...{ linesTotal: 0, inMinor: 0, outMinor: 0, feeMinor: 0, openingMinor: null, closingMinor: null },
      ...{ hash: null, problem: null, fetchedAt: null, closedAt: null },
    });
  }

  async #tryFetch(day: BillDay, claim: JobClaim): Promise<boolean> {
    try {
      await this.#fetch(day, claim);
      return true;
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      // Three bills of a kind a second (wechat.md 2.8): this is no failure of the bill.
      if (error instanceof ChannelError && error.httpStatus === 429) return false;
      const kind = error instanceof BillUnusable ? error.kind : 'TROUBLE';
      const problem = error instanceof Error ? error.message : String(error);
      this.#logger.warn(`the ${day.type} bill of ${day.day} could not be had: ${problem}`);
      const nextTryAt = secondsAfter(this.machine.now(), tryAgainSeconds(kind === 'NONE' ? 'TROUBLE' : kind));
      const brief = [...problem].slice(0, PROBLEM_CHARACTERS_MAX).join('');
      await this.source.manager.update(BillDay, { id: day.id, status: 'WAITING' }, { problem: brief, nextTryAt });
      return true;
    }
  }

  async #fetch({ id, type, day }: BillDay, claim: JobClaim): Promise<void> {
    await dropLines(this.source, id);
    let kept = 0;
    const hash = await this.#read({ type, day }, async (rows) => {
      await this.transactor.run(async (db) => {
        await claim.renew(db);
        await keepLines(db, id, kept, rows);
      });
      kept += rows.length;
    });
    await this.transactor.run(async (db) => {
      await claim.renew(db);
      const row = await db.findOneOrFail(BillDay, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (row.status !== 'WAITING') return;
      const fetchedAt = await this.businessTime.read(db);
      const found = { ...(await sumsOf(db, id)), hash, fetchedAt, problem: null };
      await move(db, BillDay, billDayLife, row, 'FETCHED', found);
    });
  }

  /** Null if nothing happened on the day: then there is no bill. */
  async #read(...[demand, take]: Parameters<BillClient['read']>): Promise<string | null> {
    try {
      return await this.bills.read(demand, take);
    } catch (error) {
      if (error instanceof BillUnusable && error.kind === 'NONE') return null;
      throw error;
    }
  }
}
