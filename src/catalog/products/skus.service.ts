import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail, badInput, Idempotency, isDuplicate, notFound, refuse } from '#common';
import type { StaffId } from '#identity';
import { PricesService } from '../pricing/prices.service.js';
import { Stock } from '../stock/stock.entity.js';
import { isCombination, titleOf } from './option.rules.js';
import { skuAdded, skuChanged } from './product.acts.js';
import { Product } from './product.entity.js';
import { SKUS_PER_PRODUCT_MAX } from './product.limits.js';
import { CombinationTaken, ProductWithoutSku, SkuCodeTaken, TooManySkus } from './product.refusals.js';
import { factsOfSku, lockRevision } from './product-revision.js';
import { Sku } from './sku.entity.js';
import type { SkuAddInput, SkuChangeInput } from './sku.inputs.js';

/** The variants of products. Each change is one of the product: it counts its revision up, under its lock. */
@Injectable()
export class SkusService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly prices: PricesService,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Makes a SKU without stock, once for each attempt of an operator.
   *
   * @throws RequestError that names `input.values`, if they are no combination of the product's options; Refused with ProductChanged,
   *   TooManySkus, CombinationTaken or SkuCodeTaken
   */
  addOnce(by: StaffId, input: SkuAddInput): Promise<Sku> {
    const { productId, revision, values, code, priceMinor, reason, idempotencyKey: key } = input;
    return this.idempotency.once(Sku, { actorId: by, key, input }, async (db, id) => {
      const product = await lockRevision(db, productId, revision);
      if (!isCombination(product.options, values)) throw badInput(NO_COMBINATION);
      const skus = await db.findBy(Sku, { productId });
      if (skus.length >= SKUS_PER_PRODUCT_MAX) refuse(new TooManySkus());
      const same = skus.find(({ optionValues }) => optionValues.every((value, index) => value === values[index]));
      if (same) refuse(new CombinationTaken(same));
      const { barcode = null, lowStockUnits = null } = input;
      const sku = db.create(Sku, {
        ...{ id, productId, code, barcode, priceMinor, lowStockUnits },
        ...{ title: titleOf(values), optionValues: values, currency: 'CNY', isRetired: false },
      });
      await db.update(Product, { id: productId }, { revision: revision + 1 });
      await orCodeTaken(() => db.insert(Sku, sku));
      await this.prices.begin(db, [sku], { by, reason });
      await this.trail.record(db, skuAdded, { subject: id, before: {}, after: factsOfSku(sku), by, reason });
      await db.insert(Stock, { skuId: id, onHand: 0, reserved: 0, sold: 0 });
      return sku;
    });
  }

  /**
   * Lets a SKU say other things, once for each attempt of an operator. One that is retired is not sold any more; it can come back.
   *
   * @throws RequestError NOT_FOUND; Refused with ProductChanged, SkuCodeTaken, or ProductWithoutSku if it is the last one of what is on sale
   */
  changeOnce(by: StaffId, input: SkuChangeInput): Promise<Sku> {
    const { skuId: id, revision, code, barcode = null, lowStockUnits = null, isRetired, reason } = input;
    const attempt = { actorId: by, key: input.idempotencyKey, input, resultId: id };
    return this.idempotency.once(Sku, attempt, async (db) => {
      const seen = await db.findOneBy(Sku, { id });
      if (!seen) throw notFound('input.skuId');
      const product = await lockRevision(db, seen.productId, revision);
      const before = await db.findOneOrFail(Sku, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (isRetired && !before.isRetired) await refuseLastOnSale(db, product, id);
      const said = { code, barcode, lowStockUnits, isRetired };
      await db.update(Product, { id: product.id }, { revision: revision + 1 });
      await orCodeTaken(() => db.update(Sku, { id }, said));
      const sku = db.create(Sku, { ...before, ...said });
      await this.trail.record(db, skuChanged, {
        ...{ subject: id, before: factsOfSku(before), after: factsOfSku(sku) },
        ...{ by, reason },
      });
      return sku;
    });
  }
}

async function refuseLastOnSale(db: EntityManager, { id, status }: Product, retired: Sku['id']): Promise<void> {
  const sold = await db.findBy(Sku, { productId: id, isRetired: false });
  if (status === 'ON_SALE' && sold.every((sku) => sku.id === retired)) refuse(new ProductWithoutSku(id));
}

/** The combination is looked at under the product's lock, so that only the code can be there already. */
async function orCodeTaken(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (isDuplicate(error)) refuse(new SkuCodeTaken());
    throw error;
  }
}

const NO_COMBINATION = {
  path: 'input.values',
  texts: {
    zh: '必须按顺序为商品的每个选项各给出一个可选值。',
    en: 'Must be one value of each of the product’s options, in their order.',
  },
};
