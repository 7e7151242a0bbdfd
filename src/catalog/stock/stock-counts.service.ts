import { Injectable } from '@nestjs/common';
import { type ActKind, AuditTrail, Idempotency, notFound } from '#common';
import type { StaffViewer } from '#identity';
import { mayWorkOn } from '../callers.js';
import { Product } from '../products/product.entity.js';
import { Sku } from '../products/sku.entity.js';
import { stockAdjusted, stockReceived } from './stock.acts.js';
import type { StockAdjustInput } from './stock.inputs.js';
import { StockService } from './stock.service.js';

/** Goods that come in, and what a count finds: by the shop for all goods, by a supplier's people for their own. */
@Injectable()
export class StockCountsService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly stock: StockService,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Takes in goods that have come, once for each attempt.
   *
   * @throws Refused with StockOutOfBounds; RequestError NOT_FOUND, also for another supplier's SKU
   */
  receive(by: StaffViewer, input: StockAdjustInput): Promise<Sku> {
    return this.#enter(by, input, 'RECEIVE', stockReceived);
  }

  /**
   * Puts right what is on hand after a count, once for each attempt.
   *
   * @throws as `receive`
   */
  adjust(by: StaffViewer, input: StockAdjustInput): Promise<Sku> {
    return this.#enter(by, input, 'ADJUST', stockAdjusted);
  }

  #enter(by: StaffViewer, input: StockAdjustInput, kind: 'RECEIVE' | 'ADJUST', act: ActKind<'sku'>): Promise<Sku> {
    const { skuId, units, reason, idempotencyKey: key } = input;
    const attempt = { actorId: by.id, key, input: { ...input, kind }, resultId: skuId };
    return this.idempotency.once(Sku, attempt, async (db) => {
      const sku = await db.findOneBy(Sku, { id: skuId });
      const product = sku && (await db.findOneByOrFail(Product, { id: sku.productId }));
      if (!product || !mayWorkOn(by, product)) throw notFound('input.skuId');
      await this.trail.record(db, act, { subject: skuId, before: {}, after: { units }, by: by.id, reason });
      await this.stock.enter(db, kind, { skuId, units });
      return sku;
    });
  }
}
