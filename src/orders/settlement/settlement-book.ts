import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Order } from '../order.entity.js';
import type { NamedEarning } from './payee.js';
import { Settlement, SettlementShare } from './settlement.entity.js';
import type { Split, ToSettle } from './split.rules.js';

/** A settled order: how it was split, and what each still holds of that. */
export interface Settled {
  readonly settlement: Settlement;
  readonly shares: readonly SettlementShare[];
  readonly split: Split & ToSettle;
  readonly held: Split;
}

/** How orders were settled, as rows beside the ledger's transfers. */
@Injectable()
export class SettlementBook {
  async write(
    db: EntityManager,
    { id: orderId, supplierId, currency }: Order,
    { sharesMinor, ...settled }: Split & Omit<ToSettle, 'freightMinor'> & Pick<Settlement, 'settledAt' | 'baseMinor'>,
    earnings: readonly NamedEarning[],
  ): Promise<void> {
    const { settledAt, keptMinor, baseMinor, commissionBps, commissionMinor, supplierMinor } = settled;
    await db.insert(Settlement, {
      ...{
        orderId,
        supplierId,
        currency,
        settledAt,
        keptMinor,
        baseMinor,
        commissionBps,
        commissionMinor,
        supplierMinor,
      },
      ...{ returnedMinor: 0, commissionReturnedMinor: 0, supplierReturnedMinor: 0 },
    });
    if (earnings.length === 0) return;
    const shares = earnings.map(({ payee, account }, nth) => ({
      ...{ orderId, seq: nth + 1, payee, account, currency },
      ...{ amountMinor: sharesMinor[nth] ?? 0, returnedMinor: 0 },
    }));
    await db.insert(SettlementShare, shares);
  }

  /** The order's settlement; null if it is not settled. Whoever asks holds the order's lock. */
  async find(db: EntityManager, { id: orderId, freightMinor }: Order): Promise<Settled | null> {
    const settlement = await db.findOneBy(Settlement, { orderId });
    if (!settlement) return null;
    const shares = await db.find(SettlementShare, { where: { orderId }, order: { seq: 'ASC' } });
    const sharesMinor = shares.map(({ amountMinor }) => amountMinor);
    const held = {
      commissionMinor: settlement.commissionMinor - settlement.commissionReturnedMinor,
      sharesMinor: shares.map(({ amountMinor, returnedMinor }) => amountMinor - returnedMinor),
      supplierMinor: settlement.supplierMinor - settlement.supplierReturnedMinor,
    };
    return { settlement, shares, split: { ...settlement, freightMinor, sharesMinor }, held };
  }

  /** Counts what each has given back. */
  async takeBack(db: EntityManager, { settlement, shares }: Settled, back: Split, amountMinor: number): Promise<void> {
    const { orderId, returnedMinor, commissionReturnedMinor, supplierReturnedMinor } = settlement;
    await db.update(
      Settlement,
      { orderId },
      {
        returnedMinor: returnedMinor + amountMinor,
        commissionReturnedMinor: commissionReturnedMinor + back.commissionMinor,
        supplierReturnedMinor: supplierReturnedMinor + back.supplierMinor,
      },
    );
    for (const [nth, { seq, returnedMinor: before }] of shares.entries()) {
      const given = back.sharesMinor[nth] ?? 0;
      if (given > 0) await db.update(SettlementShare, { orderId, seq }, { returnedMinor: before + given });
    }
  }
}
