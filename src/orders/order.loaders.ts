import { In } from 'typeorm';
import { defineLoader, groupInOrder, oneInOrder } from '#common';
import { Checkout, type CheckoutId } from './checkout.entity.js';
import { Order, type OrderId } from './order.entity.js';
import { OrderFreight } from './placing/order-freight.entity.js';
import { OrderLine } from './order-line.entity.js';

export const checkoutById = defineLoader(async (db, ids: readonly CheckoutId[]) =>
  oneInOrder(ids, await db.findBy(Checkout, { id: In(ids) }), ({ id }) => id),
);

export const orderById = defineLoader(async (db, ids: readonly OrderId[]) =>
  oneInOrder(ids, await db.findBy(Order, { id: In(ids) }), ({ id }) => id),
);

export const ordersOfCheckout = defineLoader(async (db, ids: readonly CheckoutId[]) => {
  const orders = await db.find(Order, { where: { checkoutId: In(ids) }, order: { id: 'ASC' } });
  return groupInOrder(ids, orders, ({ checkoutId }) => checkoutId);
});

/** Where orders go, still sealed; null for those from before orders knew. */
export const sealedDeliveryOfOrder = defineLoader(async (db, ids: readonly OrderId[]) => {
  const orders = await db.find(Order, { where: { id: In(ids) }, select: { id: true, delivery: true } });
  return oneInOrder(ids, orders, ({ id }) => id).map((order) => order?.delivery ?? null);
});

export const linesOfOrder = defineLoader(async (db, ids: readonly OrderId[]) => {
  const lines = await db.find(OrderLine, { where: { orderId: In(ids) }, order: { id: 'ASC' } });
  return groupInOrder(ids, lines, ({ orderId }) => orderId);
});

export const freightsOfOrder = defineLoader(async (db, ids: readonly OrderId[]) => {
  const freights = await db.find(OrderFreight, { where: { orderId: In(ids) }, order: { templateId: 'ASC' } });
  return groupInOrder(ids, freights, ({ orderId }) => orderId);
});
