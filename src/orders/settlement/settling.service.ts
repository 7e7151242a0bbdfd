import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Refund } from '#payments';
import type { Order } from '../order.entity.js';
import { Payees } from './payee.js';
import { earned, returned } from './settlement.transfers.js';
import { SettlementBook } from './settlement-book.js';
import { baseOf, split, takeBack } from './split.rules.js';
import { SupplierBooks } from './supplier-books.js';
import { SupplierRatesService } from './supplier-rates.service.js';

/** Gives an order's money to those who earned it once it is completed, and takes it from them again if some of it goes back after all. */
@Injectable()
export class SettlingService {
  constructor(
    private readonly rates: SupplierRatesService,
    private readonly payees: Payees,
    private readonly books: SupplierBooks,
    private readonly settlements: SettlementBook,
  ) {}

  /** Splits what stays of an order that is being completed, as part of the transaction that holds its lock. */
  async settle(db: EntityManager, order: Order): Promise<void> {
    assert(order.refundingMinor === order.refundedMinor, `${order.id}: money is on its way back`);
    const { supplierId, currency, freightMinor } = order;
    const keptMinor = order.payableMinor - order.refundedMinor;
    const commissionBps = await this.rates.at(db, supplierId, order.placedAt);
    const terms = { keptMinor, freightMinor, commissionBps };
    const baseMinor = baseOf(terms);
    const earnings = await this.payees.earningsOf(db, order, baseMinor);
    const parts = split(
      terms,
      earnings.map(({ amountMinor }) => amountMinor),
    );
    const about = { supplierId, currency, orderId: order.id };
    const entry = { ...about, kind: 'SETTLED', amountMinor: parts.supplierMinor } as const;
    const settledAt = await this.books.post(db, earned(order, earnings, parts), entry);
    await this.settlements.write(db, order, { settledAt, baseMinor, ...terms, ...parts }, earnings);
  }

  /**
   * Takes what a refund gives back from those who got it, and returns it to the order, which pays the refund; as part of the transaction that
   * holds the order's lock. What the supplier gives may become a debt. An order that is not settled is left alone.
   */
  async takeBack(db: EntityManager, order: Order, { id: refundId, amountMinor }: Refund): Promise<void> {
    const settled = await this.settlements.find(db, order);
    if (!settled) return;
    const { supplierId, currency } = order;
    const back = takeBack(settled.split, settled.held, amountMinor);
    const about = { supplierId, currency, orderId: order.id, refundId };
    const entry = { ...about, kind: 'RETURNED', amountMinor: -back.supplierMinor } as const;
    await this.books.post(db, returned(order, refundId, settled.shares, back), entry);
    await this.settlements.takeBack(db, settled, back, amountMinor);
  }
}
