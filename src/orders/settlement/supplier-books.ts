import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { SupplierId } from '#catalog';
import { BusinessTime, type Currency, newId } from '#common';
import { LedgerService, type Transfer } from '#ledger';
import { SupplierEntry } from './supplier-entry.entity.js';

export type NewEntry = Pick<SupplierEntry, 'supplierId' | 'kind' | 'amountMinor' | 'currency'> &
  Partial<Pick<SupplierEntry, 'orderId' | 'refundId' | 'payoutId'>>;

/** What suppliers are owed: the ledger says how much, entries say why and when. */
@Injectable()
export class SupplierBooks {
  constructor(
    private readonly ledger: LedgerService,
    private readonly businessTime: BusinessTime,
  ) {}

  /** What a supplier is owed, or owes if it is negative; it does not change for the rest of the caller's transaction if it has entries. */
  owed(db: EntityManager, supplierId: SupplierId, currency: Currency): Promise<number> {
    return this.ledger.balance(db, `supplier:${supplierId}:payable`, currency);
  }

  /**
   * Posts transfers, and the entry of the one among them that changes what a supplier is owed, unless there is none or it is about nothing. The time is read once the supplier's account is locked,
   * so entries become visible in the order of their times, and a statement that was closed under the same lock misses none.
   *
   * @returns when it was booked
   */
  async post(db: EntityManager, transfers: readonly Transfer[], entry: NewEntry | null): Promise<Date> {
    await this.ledger.post(db, transfers);
    const bookedAt = await this.businessTime.read(db);
    if (entry && entry.amountMinor !== 0) {
      const row = { orderId: null, refundId: null, payoutId: null, ...entry };
      await db.insert(SupplierEntry, { ...row, id: newId('entry'), bookedAt });
    }
    return bookedAt;
  }
}
