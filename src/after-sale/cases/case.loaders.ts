import { In } from 'typeorm';
import { defineLoader, groupInOrder, oneInOrder } from '#common';
import { Image } from '#media';
import { Order, type OrderId } from '#orders';
import { AfterSale, type AfterSaleId } from './after-sale.entity.js';
import { AfterSaleImage, AfterSaleLine } from './after-sale-line.entity.js';
import { AfterSaleStep } from './after-sale-step.entity.js';

export const afterSaleById = defineLoader(async (db, ids: readonly AfterSaleId[]) =>
  oneInOrder(ids, await db.findBy(AfterSale, { id: In(ids) }), ({ id }) => id),
);

/** Cases of orders, the oldest first. */
export const afterSalesOfOrder = defineLoader(async (db, ids: readonly OrderId[]) => {
  const cases = await db.find(AfterSale, { where: { orderId: In(ids) }, order: { id: 'ASC' } });
  return groupInOrder(ids, cases, ({ orderId }) => orderId);
});

export const linesOfAfterSale = defineLoader(async (db, ids: readonly AfterSaleId[]) => {
  const lines = await db.find(AfterSaleLine, { where: { afterSaleId: In(ids) }, order: { lineId: 'ASC' } });
  return groupInOrder(ids, lines, ({ afterSaleId }) => afterSaleId);
});

export const stepsOfAfterSale = defineLoader(async (db, ids: readonly AfterSaleId[]) => {
  const steps = await db.find(AfterSaleStep, { where: { afterSaleId: In(ids) }, order: { movedAt: 'ASC', id: 'ASC' } });
  return groupInOrder(ids, steps, ({ afterSaleId }) => afterSaleId);
});

/** Photos of cases, as the buyer has put them. */
export const imagesOfAfterSale = defineLoader(async (db, ids: readonly AfterSaleId[]) => {
  const shown = await db.find(AfterSaleImage, { where: { afterSaleId: In(ids) }, order: { position: 'ASC' } });
  const images = await db.findBy(Image, { id: In(shown.map(({ imageId }) => imageId)) });
  const byId = new Map(images.map((image) => [image.id, image]));
  const groups = groupInOrder(ids, shown, ({ afterSaleId }) => afterSaleId);
  return groups.map((group) => group.flatMap(({ imageId }) => byId.get(imageId) ?? []));
});

/** Orders, each with the business time at which they were read. */
export const orderNow = defineLoader(async (db, ids: readonly OrderId[], { businessTime }) => {
  const orders = oneInOrder(ids, await db.findBy(Order, { id: In(ids) }), ({ id }) => id);
  const now = await businessTime.read(db);
  return orders.map((order) => order && { order, now });
});
