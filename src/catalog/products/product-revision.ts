import { type EntityManager, In } from 'typeorm';
import { type Facts, notFound, refuse } from '#common';
import type { ImageId } from '#media';
import { Product, type ProductId } from './product.entity.js';
import { ProductChanged } from './product.refusals.js';
import { Sku } from './sku.entity.js';

/** A product whose contents, SKUs and status nobody else changes until the transaction ends. Whoever buys it does not wait for it. */
export async function lockProduct(db: EntityManager, id: ProductId, path = 'input.productId'): Promise<Product> {
  const product = await db.findOne(Product, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!product) throw notFound(path);
  return product;
}

/** As `lockProduct`, for many at once, with their SKUs, in the order of their ids. */
export async function lockProducts(db: EntityManager, ids: readonly ProductId[]): Promise<void> {
  const lock = { order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } } as const;
  await db.find(Product, { select: { id: true }, where: { id: In(ids) }, ...lock });
  await db.find(Sku, { select: { id: true }, where: { productId: In(ids) }, ...lock });
}

/**
 * As `lockProduct`, for whoever has looked at a revision.
 *
 * @throws Refused with ProductChanged if it is another one by now
 */
export async function lockRevision(db: EntityManager, id: ProductId, revision: number): Promise<Product> {
  const product = await lockProduct(db, id);
  if (product.revision !== revision) refuse(new ProductChanged(product));
  return product;
}

/** All that a product says, as the audit trail keeps it. */
export function factsOfProduct(
  { supplierId, name, categoryId, description, options, returnRule, saleFrom, saleUntil, revision }: Product,
  imageIds: readonly ImageId[],
): Facts {
  const said = options.map((option) => ({ name: option.name, values: option.values }));
  return {
    ...{ supplierId, name, categoryId, description, options: said, returnRule, saleFrom, saleUntil, revision },
    imageIds,
  };
}

/** All that a SKU says, as the audit trail keeps it. */
export function factsOfSku({
  productId,
  code,
  barcode,
  optionValues,
  weightGrams,
  priceMinor,
  lowStockUnits,
  isRetired,
}: Sku): Facts {
  return { productId, code, barcode, optionValues, weightGrams, priceMinor, lowStockUnits, isRetired };
}
