import { Injectable } from '@nestjs/common';
import { DataSource, In, LessThanOrEqual, MoreThan } from 'typeorm';
import { BusinessTime, Transactor } from '#common';
import { sweep, SWEEP_PAGE } from '#jobs';
import { isAllPromisedBack } from '#orders';
import { AfterSale, type AfterSaleId } from '../cases/after-sale.entity.js';
import { CaseBook, type LockedCase } from '../cases/case-book.js';
import { CaseRefunds } from '../cases/case-refunds.js';
import { CLOCK_DECIDES, isDue } from '../cases/case.rules.js';

const CLOCK = { actor: 'CLOCK' } as const;

/** What becomes of cases on which nobody decides in time. */
@Injectable()
export class AfterSaleClockService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly book: CaseBook,
    private readonly refunds: CaseRefunds,
  ) {}

  /** Decides on every case that is due: what was applied for is approved, what was not sent is given up, what was sent counts as received. */
  async endDue(): Promise<void> {
    const now = await this.businessTime.read(this.source.manager);
    await sweep<AfterSale>(
      (after) => this.#due(now, after),
      ({ id }) => this.#endIfDue(id),
    );
  }

  #due(now: Date, after: AfterSale | null): Promise<AfterSale[]> {
    const due = { status: In([...CLOCK_DECIDES]), dueAt: LessThanOrEqual(now) };
    return this.source.manager.find(AfterSale, {
      where: { ...due, ...(after && { id: MoreThan(after.id) }) },
      order: { id: 'ASC' },
      take: SWEEP_PAGE,
    });
  }

  #endIfDue(id: AfterSaleId): Promise<void> {
    return this.transactor.run(async (db) => {
      const locked = await this.book.lock(db, id, {});
      const now = await this.businessTime.read(db);
      // Somebody may have decided meanwhile; and what is about to end with its order waits for that.
      if (!isDue(locked.row, now) || isAllPromisedBack(locked.order)) return;
      const { row } = locked;
      if (row.status === 'REJECTED') await this.book.close(db, row);
      else if (row.status === 'APPROVED') await this.book.move(db, row, 'CANCELLED', CLOCK);
      else await this.#goOn(locked, db);
    });
  }

  #goOn(locked: LockedCase, db: Parameters<CaseRefunds['approve']>[0]): Promise<void> {
    if (locked.row.status === 'APPLIED') return this.refunds.approve(db, locked, CLOCK);
    return this.refunds.receive(db, locked, CLOCK, false);
  }
}
