import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import {
  groupInOrder,
  type Holding,
  idBytes,
  pagesOf,
  type PersonalRecord,
  PERSONAL_PAGE,
  PersonalData,
  PersonalDataHolders,
  Vault,
} from '#common';
import type { UserId } from '#identity';
import { Parcel, PARCEL_SEALS, type ParcelId, ParcelLine } from './parcels/parcel.entity.js';
import { maskedTrackingNumber } from './parcels/parcel.rules.js';

/** How what a person has bought came to them. */
@Injectable()
export class FulfilmentPersonalData extends PersonalData {
  override readonly holdings: readonly Holding[] = [
    {
      category: 'PARCELS',
      what: {
        zh: '您订单的包裹、快递公司和运单号。',
        en: 'The parcels of your orders, who brought them and under which numbers.',
      },
      columns: ['parcel.tracking_number', 'parcel.tracking_index'],
      purpose: 'ORDERS',
      basis: 'CONTRACT',
      kept: {
        zh: '运单号加密保存至交易完成后三年；注销账号后只保留末四位。',
        en: 'The numbers encrypted, until three years after completion. Once you erase your account only their last four digits stay.',
      },
      correctedBy: null,
      countSql: 'SELECT COUNT(*) FROM parcel JOIN orders ON orders.id = parcel.order_id WHERE orders.buyer_id = ?',
    },
  ];

  constructor(
    holders: PersonalDataHolders,
    private readonly vault: Vault,
  ) {
    super(holders);
  }

  override async *records(db: EntityManager, buyerId: UserId): AsyncGenerator<PersonalRecord> {
    for await (const parcels of pagesOf<Parcel>((after) => parcelsAfter(db, buyerId, after?.id ?? null))) {
      const ids = parcels.map(({ id }) => id);
      const packed = groupInOrder(ids, await db.findBy(ParcelLine, { parcelId: In(ids) }), ({ parcelId }) => parcelId);
      for (const [index, parcel] of parcels.entries()) {
        const { id, orderId, carrier, shippedAt, deliveredAt } = parcel;
        const lines = (packed[index] ?? []).map(({ lineId, quantity }) => ({ lineId, quantity }));
        const trackingNumber = this.#trackingNumber(parcel);
        yield { category: 'PARCELS', data: { id, orderId, carrier, trackingNumber, shippedAt, deliveredAt, lines } };
      }
    }
  }

  /** The record of the trade stays (E-Commerce Law 31), and no longer leads to somebody's door. */
  override async eraseSome(db: EntityManager, buyerId: UserId, after: string | null): Promise<string | null> {
    const parcels = await parcelsAfter(db, buyerId, after as ParcelId | null);
    for (const parcel of parcels) {
      const known = this.#trackingNumber(parcel);
      const kept = known === null ? null : maskedTrackingNumber(known);
      const trackingNumber = kept === null ? null : this.vault.seal(PARCEL_SEALS.trackingNumber, parcel.id, kept);
      await db.update(Parcel, { id: parcel.id }, { trackingNumber, trackingIndex: null });
    }
    return parcels.length === PERSONAL_PAGE ? (parcels.at(-1)?.id ?? null) : null;
  }

  #trackingNumber({ id, trackingNumber }: Parcel): string | null {
    return trackingNumber && this.vault.open(PARCEL_SEALS.trackingNumber, id, trackingNumber);
  }
}

/** A page of the parcels of a person's orders. */
function parcelsAfter(db: EntityManager, buyerId: UserId, after: ParcelId | null): Promise<Parcel[]> {
  const query = db
    .createQueryBuilder(Parcel, 'parcel')
    .where('parcel.orderId IN (SELECT id FROM orders WHERE buyer_id = :buyerId)', { buyerId: idBytes(buyerId) })
    .orderBy('parcel.id')
    .take(PERSONAL_PAGE);
  if (after) query.andWhere('parcel.id > :after', { after: idBytes(after) });
  return query.getMany();
}
