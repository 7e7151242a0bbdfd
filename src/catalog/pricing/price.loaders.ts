import { In } from 'typeorm';
import { defineLoader, groupInOrder, idBytes } from '#common';
import type { SkuId } from '../products/sku.entity.js';
import { SkuPrice } from './sku-price.entity.js';

/** How many of a SKU's prices are told: a price is looked back at for months, not for ever. */
export const PRICES_TOLD_MAX = 50;

/** The newest prices of each SKU, newest first. */
export const pricesOfSku = defineLoader(async (db, ids: readonly SkuId[]) => {
  const numbered = await db.query<{ readonly id: string }[]>(
    `SELECT id FROM (
       SELECT id, ROW_NUMBER() OVER (PARTITION BY sku_id ORDER BY id DESC) AS nth FROM sku_price WHERE sku_id IN (?)
     ) AS numbered WHERE nth <= ?`,
    [ids.map(idBytes), PRICES_TOLD_MAX],
  );
  const prices = await db.find(SkuPrice, { where: { id: In(numbered.map(({ id }) => id)) }, order: { id: 'DESC' } });
  return groupInOrder(ids, prices, ({ skuId }) => skuId);
});
