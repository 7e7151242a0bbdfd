import { In } from 'typeorm';
import { SkuBatch, type SkuBatchId } from '#catalog';
import { defineLoader, groupInOrder, oneInOrder } from '#common';
import type { OrderId } from '#orders';
import { Parcel, type ParcelId, ParcelLine } from './parcel.entity.js';

/** Parcels of orders, in the order in which they were shipped. */
export const parcelsOfOrder = defineLoader(async (db, ids: readonly OrderId[]) => {
  const parcels = await db.find(Parcel, { where: { orderId: In(ids) }, order: { id: 'ASC' } });
  return groupInOrder(ids, parcels, ({ orderId }) => orderId);
});

export const linesOfParcel = defineLoader(async (db, ids: readonly ParcelId[]) => {
  const lines = await db.find(ParcelLine, { where: { parcelId: In(ids) }, order: { lineId: 'ASC' } });
  return groupInOrder(ids, lines, ({ parcelId }) => parcelId);
});

export const batchById = defineLoader(async (db, ids: readonly SkuBatchId[]) =>
  oneInOrder(ids, await db.findBy(SkuBatch, { id: In(ids) }), ({ id }) => id),
);
