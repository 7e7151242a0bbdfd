import { In } from 'typeorm';
import { defineLoader, groupInOrder, type Id, oneInOrder } from '#common';
import { Payment } from './payment.entity.js';
import { Refund } from './refund.entity.js';

/** The newest attempt to pay each checkout; null if there was nothing to pay. */
export const paymentOfCheckout = defineLoader(async (db, ids: readonly Id<'checkout'>[]) => {
  const attempts = await db.find(Payment, { where: { checkoutId: In(ids) }, order: { attempt: 'ASC' } });
  return oneInOrder(ids, attempts, ({ checkoutId }) => checkoutId);
});

export const refundsOfOrder = defineLoader(async (db, ids: readonly Id<'order'>[]) => {
  const refunds = await db.find(Refund, { where: { orderId: In(ids) }, order: { id: 'ASC' } });
  return groupInOrder(ids, refunds, ({ orderId }) => orderId);
});
