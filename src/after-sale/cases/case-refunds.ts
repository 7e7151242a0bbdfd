import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RefundingService, RestockingService } from '#orders';
import type { AfterSale } from './after-sale.entity.js';
import { AfterSaleLine } from './after-sale-line.entity.js';
import { CaseBook, type LockedCase, type StepBy } from './case-book.js';
import { approvedAs } from './case.rules.js';
import { unclaim } from './claims.js';

/** How cases come to their money. Every method is part of the caller's transaction, which holds the case. */
@Injectable()
export class CaseRefunds {
  constructor(
    private readonly book: CaseBook,
    private readonly refunding: RefundingService,
    private readonly restocking: RestockingService,
  ) {}

  /**
   * Approves a case: the goods are waited for, or the money is promised at once.
   *
   * @throws Refused with OrderNotRefundable if nothing of the order's money is left
   */
  async approve(db: EntityManager, locked: LockedCase, by: StepBy): Promise<void> {
    const { row } = locked;
    const next = approvedAs(row);
    const isFirstWord = row.status === 'APPLIED';
    if (isFirstWord || next === 'APPROVED') await this.book.move(db, row, 'APPROVED', by);
    if (next === 'REFUNDING') await this.promise(db, locked, isFirstWord ? { actor: by.actor } : by);
  }

  /**
   * Takes the goods of a case as returned, and promises the money.
   *
   * @throws as `approve`
   */
  async receive(db: EntityManager, locked: LockedCase, by: StepBy, isResaleable: boolean): Promise<void> {
    const { row, order } = locked;
    await this.book.move(db, row, 'RETURNED', by, { isResaleable });
    await this.promise(db, locked, { actor: by.actor });
    if (isResaleable) await this.restocking.restock(db, order, await linesOf(db, row));
  }

  /** Promises what is left for the units of a case; from now on that is what it is about. */
  async promise(db: EntityManager, { row, order }: LockedCase, by: StepBy): Promise<void> {
    const units = await linesOf(db, row);
    await unclaim(db, row.id);
    const { refund, shares } = await this.refunding.refundUnits(db, order, { reason: 'AFTER_SALE', units });
    for (const { lineId } of units) {
      const share = shares.lines.find((each) => each.lineId === lineId);
      await db.update(AfterSaleLine, { afterSaleId: row.id, lineId }, { amountMinor: share?.amountMinor ?? 0 });
    }
    const { freightMinor, amountMinor } = shares;
    await this.book.move(db, row, 'REFUNDING', by, { refundId: refund.id, freightMinor, amountMinor });
  }
}

function linesOf(db: EntityManager, { id }: AfterSale): Promise<AfterSaleLine[]> {
  return db.find(AfterSaleLine, { where: { afterSaleId: id }, order: { lineId: 'ASC' } });
}
