import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { newId } from '#common';
import type { SkuId } from '../products/sku.entity.js';
import { Allotment, type AllotmentId } from './stock.entity.js';

/** How much of a SKU's stock one use (an offer) may take. */
@Injectable()
export class AllotmentsService {
  /** Sets a limit to how much of a SKU one use may take. */
  async allot(db: EntityManager, skuId: SkuId, unitsMax: number): Promise<AllotmentId> {
    const id: AllotmentId = newId('allotment');
    await db.insert(Allotment, { id, skuId, unitsMax, unitsTaken: 0 });
    return id;
  }

  /**
   * Sets other limits. They are as hot as stock: call it last in a transaction.
   *
   * @returns those of which more is taken than the new limit; they keep the old one
   */
  async reallot(db: EntityManager, limits: readonly Pick<Allotment, 'id' | 'unitsMax'>[]): Promise<Allotment[]> {
    const allotments = await db.find(Allotment, {
      where: { id: In(limits.map(({ id }) => id)) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const exceeded: Allotment[] = [];
    for (const allotment of allotments) {
      const unitsMax = limits.find(({ id }) => id === allotment.id)?.unitsMax ?? allotment.unitsMax;
      if (unitsMax < allotment.unitsTaken) exceeded.push(allotment);
      else if (unitsMax !== allotment.unitsMax) await db.update(Allotment, { id: allotment.id }, { unitsMax });
    }
    return exceeded;
  }
}
