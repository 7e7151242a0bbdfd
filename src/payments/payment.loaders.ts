import { In } from 'typeorm';
import { defineLoader, groupInOrder, type Id, oneInOrder } from '#common';
import { Payment } from './payment.entity.js';
import { Refund } from './refund.entity.js';

export const paymentOfCheckout = defineLoader(async (db, ids: readonly Id<'checkout'>[]) =>
  oneInOrder(ids, await db.findBy(Payment, { checkoutId: In(ids) }), ({ checkoutId }) => checkoutId),
);

export const refundsOfOrder = defineLoader(async (db, ids: readonly Id<'order'>[]) => {
  const refunds = await db.find(Refund, { where: { orderId: In(ids) }, order: { id: 'ASC' } });
  return groupInOrder(ids, refunds, ({ orderId }) => orderId);
});
