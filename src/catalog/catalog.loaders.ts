import { In } from 'typeorm';
import { defineLoader, groupInOrder, oneInOrder } from '#common';
import { Product, type ProductId } from './product.entity.js';
import { Sku, type SkuId } from './sku.entity.js';
import { Allotment, type AllotmentId, Stock } from './stock.entity.js';
import { Supplier, type SupplierId } from './supplier.entity.js';

export const productById = defineLoader(async (db, ids: readonly ProductId[]) =>
  oneInOrder(ids, await db.findBy(Product, { id: In(ids) }), ({ id }) => id),
);

export const skuById = defineLoader(async (db, ids: readonly SkuId[]) =>
  oneInOrder(ids, await db.findBy(Sku, { id: In(ids) }), ({ id }) => id),
);

export const skusOfProduct = defineLoader(async (db, ids: readonly ProductId[]) => {
  const skus = await db.find(Sku, { where: { productId: In(ids) }, order: { id: 'ASC' } });
  return groupInOrder(ids, skus, ({ productId }) => productId);
});

export const stockOfSku = defineLoader(async (db, ids: readonly SkuId[]) =>
  oneInOrder(ids, await db.findBy(Stock, { skuId: In(ids) }), ({ skuId }) => skuId),
);

export const allotmentById = defineLoader(async (db, ids: readonly AllotmentId[]) =>
  oneInOrder(ids, await db.findBy(Allotment, { id: In(ids) }), ({ id }) => id),
);

export const supplierById = defineLoader(async (db, ids: readonly SupplierId[]) =>
  oneInOrder(ids, await db.findBy(Supplier, { id: In(ids) }), ({ id }) => id),
);
