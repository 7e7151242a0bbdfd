import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { Transactor } from '#common';
import type { JobClaim } from '#jobs';
import { Order, type OrderId } from '#orders';
import { Refund, type RefundId } from '#payments';
import { AfterSale } from './after-sale.entity.js';
import { CaseBook } from './case-book.js';
import { isPromised } from './case.rules.js';

const BY_CHANNEL = { actor: 'CHANNEL' } as const;

/** What comes of cases when money arrives. */
@Injectable()
export class CaseOutcomesService {
  constructor(
    private readonly transactor: Transactor,
    private readonly book: CaseBook,
  ) {}

  /** Ends the case whose refund has arrived, under whichever number; of other refunds there is nothing to do. */
  async refunded(refundId: RefundId, claim: JobClaim): Promise<void> {
    await this.transactor.run(async (db) => {
      await claim.close(db);
      const known = await caseOfRefund(db, refundId);
      if (!known) return;
      const { row } = await this.book.lock(db, known.id, {});
      if (row.status === 'REFUNDING') await this.book.move(db, row, 'DONE', BY_CHANNEL);
    });
  }

  /** Ends the open cases of an order of which no money is left, but for those whose own money it was. */
  async orderRefunded(orderId: OrderId, claim: JobClaim): Promise<void> {
    await this.transactor.run(async (db) => {
      await claim.close(db);
      await db.findOneOrFail(Order, { where: { id: orderId }, lock: { mode: 'pessimistic_write' } });
      const open = await db.find(AfterSale, { where: { orderId, closedAt: IsNull() }, order: { id: 'ASC' } });
      for (const row of open) await this.#end(db, row);
    });
  }

  async #end(db: EntityManager, row: AfterSale): Promise<void> {
    if (isPromised(row)) return;
    if (row.status === 'REJECTED') await this.book.close(db, row);
    else await this.book.move(db, row, 'CANCELLED', BY_CHANNEL);
  }
}

/** A refund that the channel has closed goes on under another number; the case knows the first. */
async function caseOfRefund(db: EntityManager, refundId: RefundId): Promise<AfterSale | null> {
  for (let id: RefundId | null = refundId; id !== null;) {
    const found = await db.findOneBy(AfterSale, { refundId: id });
    if (found) return found;
    const refund: Refund = await db.findOneByOrFail(Refund, { id });
    id = refund.predecessorId;
  }
  return null;
}
