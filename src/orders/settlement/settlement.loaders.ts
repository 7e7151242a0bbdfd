import { In } from 'typeorm';
import { defineLoader, groupInOrder } from '#common';
import type { OrderId } from '../order.entity.js';
import { Settlement, SettlementShare } from './settlement.entity.js';
import { SupplierEntry } from './supplier-entry.entity.js';

/** How each order was settled; null where it is not. */
export const settlementOfOrder = defineLoader(async (db, ids: readonly OrderId[]) => {
  const settlements = await db.findBy(Settlement, { orderId: In(ids) });
  return groupInOrder(ids, settlements, ({ orderId }) => orderId).map(([settlement]) => settlement ?? null);
});

export const sharesOfOrder = defineLoader(async (db, ids: readonly OrderId[]) => {
  const shares = await db.find(SettlementShare, { where: { orderId: In(ids) }, order: { seq: 'ASC' } });
  return groupInOrder(ids, shares, ({ orderId }) => orderId);
});

/** What each order brought its supplier and took again, the first first. */
export const entriesOfOrder = defineLoader(async (db, ids: readonly OrderId[]) => {
  const entries = await db.find(SupplierEntry, { where: { orderId: In(ids) }, order: { id: 'ASC' } });
  return groupInOrder(ids, entries, ({ orderId }) => orderId);
});
