import { In } from 'typeorm';
import { defineLoader, oneInOrder } from '#common';
import type { SkuId } from '../products/sku.entity.js';
import { Allotment, type AllotmentId, Stock } from './stock.entity.js';

export const stockOfSku = defineLoader(async (db, ids: readonly SkuId[]) =>
  oneInOrder(ids, await db.findBy(Stock, { skuId: In(ids) }), ({ skuId }) => skuId),
);

export const allotmentById = defineLoader(async (db, ids: readonly AllotmentId[]) =>
  oneInOrder(ids, await db.findBy(Allotment, { id: In(ids) }), ({ id }) => id),
);
