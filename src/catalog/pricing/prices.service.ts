import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail, BusinessTime, type Decision, Idempotency, notFound } from '#common';
import type { StaffId } from '#identity';
import { skuPriced } from '../products/product.acts.js';
import { Sku } from '../products/sku.entity.js';
import type { SkuPriceSetInput } from './price.inputs.js';
import { SkuPrice } from './sku-price.entity.js';

/** Prices for buying alone, and every one that there was. What was ordered keeps the price at which it was. */
@Injectable()
export class PricesService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly businessTime: BusinessTime,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Gives a SKU another price, once for each attempt of an operator. The price that it has already changes nothing.
   *
   * @throws RequestError NOT_FOUND
   */
  setOnce(by: StaffId, input: SkuPriceSetInput): Promise<Sku> {
    const { skuId, priceMinor, reason, idempotencyKey: key } = input;
    return this.idempotency.once(Sku, { actorId: by, key, input, resultId: skuId }, async (db) => {
      const before = await db.findOne(Sku, { where: { id: skuId }, lock: { mode: 'pessimistic_write' } });
      if (!before) throw notFound('input.skuId');
      if (before.priceMinor === priceMinor) return before;
      const sku = db.create(Sku, { ...before, priceMinor });
      await db.update(Sku, { id: skuId }, { priceMinor });
      await this.begin(db, [sku], { by, reason });
      await this.trail.record(db, skuPriced, {
        ...{ subject: skuId, before: { priceMinor: before.priceMinor }, after: { priceMinor } },
        ...{ by, reason },
      });
      return sku;
    });
  }

  /** Writes down what SKUs cost from now on, as part of the caller's transaction. */
  async begin(db: EntityManager, skus: readonly Sku[], { by: setBy, reason }: Decision): Promise<void> {
    const setAt = await this.businessTime.read(db);
    const rows = skus.map(({ id: skuId, priceMinor, currency }) => ({
      skuId,
      priceMinor,
      currency,
      setAt,
      setBy,
      reason,
    }));
    await db.insert(SkuPrice, rows);
  }
}
