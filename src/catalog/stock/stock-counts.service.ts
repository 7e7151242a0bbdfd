import { Injectable } from '@nestjs/common';
import { type ActKind, AuditTrail, Idempotency, notFound } from '#common';
import type { StaffViewer } from '#identity';
import { mayWorkOn } from '../callers.js';
import { Product } from '../products/product.entity.js';
import { Sku } from '../products/sku.entity.js';
import { SkuBatchesService } from './sku-batches.service.js';
import { stockAdjusted, stockReceived } from './stock.acts.js';
import type { StockAdjustInput, StockReceiveInput } from './stock.inputs.js';
import { StockService } from './stock.service.js';

/** Goods that come in, and what a count finds: by the shop for all goods, by a supplier's people for their own. */
@Injectable()
export class StockCountsService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly batches: SkuBatchesService,
    private readonly stock: StockService,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Takes in goods that have come, once for each attempt, and the batch in which they were made if it is said.
   *
   * @throws Refused with StockOutOfBounds or BatchDatesDiffer; RequestError NOT_FOUND, also for another supplier's SKU
   */
  receive(by: StaffViewer, input: StockReceiveInput): Promise<Sku> {
    return this.#enter(by, input, 'RECEIVE', stockReceived);
  }

  /**
   * Puts right what is on hand after a count, once for each attempt.
   *
   * @throws as `receive`, but for the batch
   */
  adjust(by: StaffViewer, input: StockAdjustInput): Promise<Sku> {
    return this.#enter(by, input, 'ADJUST', stockAdjusted);
  }

  #enter(by: StaffViewer, input: StockReceiveInput, kind: 'RECEIVE' | 'ADJUST', act: ActKind<'sku'>): Promise<Sku> {
    const { skuId, units, batch, reason, idempotencyKey: key } = input;
    const attempt = { actorId: by.id, key, input: { ...input, kind }, resultId: skuId };
    return this.idempotency.once(Sku, attempt, async (db) => {
      const sku = await db.findOneBy(Sku, { id: skuId });
      const product = sku && (await db.findOneByOrFail(Product, { id: sku.productId }));
      if (!product || !mayWorkOn(by, product)) throw notFound('input.skuId');
      if (batch) await this.batches.note(db, skuId, batch);
      const after = { units, ...(batch && { batch: batch.number }) };
      await this.trail.record(db, act, { subject: skuId, before: {}, after, by: by.id, reason });
      await this.stock.enter(db, kind, { skuId, units });
      return sku;
    });
  }
}
