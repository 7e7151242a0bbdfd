import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull, MoreThan, Not } from 'typeorm';
import {
  groupInOrder,
  type Holding,
  pagesOf,
  type PersonalRecord,
  PERSONAL_PAGE,
  PersonalData,
  PersonalDataHolders,
  Vault,
} from '#common';
import { maskedTrackingNumber } from '#fulfilment';
import type { UserId } from '#identity';
import { AFTER_SALE_SEALS, AfterSale, type AfterSaleId } from './cases/after-sale.entity.js';
import { AfterSaleLine } from './cases/after-sale-line.entity.js';
import { AfterSaleStep } from './cases/after-sale-step.entity.js';

/** What a person has asked back, what they said, and how it travelled. */
@Injectable()
export class AfterSalePersonalData extends PersonalData {
  override readonly holdings: readonly Holding[] = [
    {
      category: 'AFTER_SALES',
      what: {
        zh: '您的售后申请、说明、凭证图片和退货运单号。',
        en: 'What you have asked back, what you said of it, your photos of it, and under which numbers goods came back.',
      },
      columns: ['after_sale.buyer_id', 'after_sale.tracking_number', 'after_sale_step.note'],
      purpose: 'ORDERS',
      basis: 'CONTRACT',
      kept: {
        zh: '说明和运单号加密保存至交易完成后三年；注销账号后只保留运单号末四位和凭证图片。',
        en: 'Words and numbers encrypted, until three years after completion. Once you erase your account only the last four digits and the photos stay.',
      },
      correctedBy: null,
      countSql: 'SELECT COUNT(*) FROM after_sale WHERE buyer_id = ?',
    },
  ];

  constructor(
    holders: PersonalDataHolders,
    private readonly vault: Vault,
  ) {
    super(holders);
  }

  override async *records(db: EntityManager, buyerId: UserId): AsyncGenerator<PersonalRecord> {
    for await (const cases of pagesOf<AfterSale>((after) => casesAfter(db, buyerId, after?.id ?? null))) {
      const ids = cases.map(({ id }) => id);
      const lines = groupInOrder(
        ids,
        await db.findBy(AfterSaleLine, { afterSaleId: In(ids) }),
        ({ afterSaleId }) => afterSaleId,
      );
      const steps = groupInOrder(
        ids,
        await db.find(AfterSaleStep, { where: { afterSaleId: In(ids) }, order: { movedAt: 'ASC', id: 'ASC' } }),
        ({ afterSaleId }) => afterSaleId,
      );
      for (const [index, row] of cases.entries())
        yield { category: 'AFTER_SALES', data: this.#told(row, lines[index] ?? [], steps[index] ?? []) };
    }
  }

  /** The record of the trade stays (E-Commerce Law 31), without what anybody wrote. */
  override async eraseSome(db: EntityManager, buyerId: UserId, after: string | null): Promise<string | null> {
    const cases = await casesAfter(db, buyerId, after as AfterSaleId | null);
    await db.update(AfterSaleStep, { afterSaleId: In(cases.map(({ id }) => id)), note: Not(IsNull()) }, { note: null });
    for (const row of cases) {
      const known = this.#trackingNumber(row);
      if (known === null) continue;
      const kept = this.vault.seal(AFTER_SALE_SEALS.trackingNumber, row.id, maskedTrackingNumber(known));
      await db.update(AfterSale, { id: row.id }, { trackingNumber: kept });
    }
    return cases.length === PERSONAL_PAGE ? (cases.at(-1)?.id ?? null) : null;
  }

  #told(row: AfterSale, lines: readonly AfterSaleLine[], steps: readonly AfterSaleStep[]): object {
    const { id, orderId, kind, reason, status, amountMinor, currency, carrier, appliedAt } = row;
    return {
      ...{ id, orderId, kind, reason, status, amountMinor, currency, carrier, appliedAt },
      trackingNumber: this.#trackingNumber(row),
      lines: lines.map(({ lineId, quantity, amountMinor: backMinor }) => ({
        lineId,
        quantity,
        amountMinor: backMinor,
      })),
      steps: steps.map((step) => ({
        status: step.status,
        actor: step.actor,
        at: step.movedAt,
        note: this.#note(step),
      })),
    };
  }

  #trackingNumber({ id, trackingNumber }: AfterSale): string | null {
    return trackingNumber && this.vault.open(AFTER_SALE_SEALS.trackingNumber, id, trackingNumber);
  }

  #note({ id, note }: AfterSaleStep): string | null {
    return note && this.vault.open(AFTER_SALE_SEALS.note, id, note);
  }
}

/** A page of a person's cases. */
function casesAfter(db: EntityManager, buyerId: UserId, after: AfterSaleId | null): Promise<AfterSale[]> {
  const where = { buyerId, ...(after && { id: MoreThan(after) }) };
  return db.find(AfterSale, { where, order: { id: 'ASC' }, take: PERSONAL_PAGE });
}
