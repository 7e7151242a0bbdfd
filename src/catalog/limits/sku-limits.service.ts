import { Injectable } from '@nestjs/common';
import { AuditTrail, type Decision, notFound, Transactor } from '#common';
import { skuLimitsSet } from './sku-limits.acts.js';
import { Sku } from '../products/sku.entity.js';

/** How much of a SKU may be bought alone; teams have the limits of their offer. */
@Injectable()
export class SkuLimitsService {
  constructor(
    private readonly transactor: Transactor,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Sets both limits, for whoever buys from now on; what somebody has bought before counts. Asking again changes nothing.
   *
   * @throws RequestError NOT_FOUND
   */
  set(
    { skuId: id, ...limits }: { readonly skuId: Sku['id'] } & Pick<Sku, 'unitsPerOrder' | 'unitsPerBuyer'>,
    decision: Decision,
  ): Promise<Sku> {
    return this.transactor.run(async (db) => {
      const before = await db.findOne(Sku, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!before) throw notFound('input.skuId');
      const { unitsPerOrder, unitsPerBuyer } = before;
      if (unitsPerOrder === limits.unitsPerOrder && unitsPerBuyer === limits.unitsPerBuyer) return before;
      await db.update(Sku, { id }, limits);
      const states = { before: { unitsPerOrder, unitsPerBuyer }, after: limits };
      await this.trail.record(db, skuLimitsSet, { subject: id, ...states, ...decision });
      return db.create(Sku, { ...before, ...limits });
    });
  }
}
