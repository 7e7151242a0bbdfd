import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { StockService } from '#catalog';
import { idBytes } from '#common';
import type { Order } from '../order.entity.js';
import type { Units } from './line-refund.rules.js';
import { OrderLine } from '../order-line.entity.js';

/** Goods that were shipped, came back, and are as good as new. */
@Injectable()
export class RestockingService {
  constructor(private readonly stock: StockService) {}

  /**
   * Puts shipped units of an order, whose lock the caller holds, back on sale, as part of the caller's transaction.
   *
   * @param units lines of the order, each once
   * @throws AssertionError if more would come back than was shipped
   */
  async restock(db: EntityManager, { id: orderId, hold }: Order, units: readonly Units[]): Promise<void> {
    for (const { lineId, quantity } of units) {
      const { affectedRows } = await db.query<{ affectedRows: number }>(
        'UPDATE order_line SET restocked_quantity = restocked_quantity + ? WHERE id = ? AND order_id = ? AND restocked_quantity + ? <= shipped_quantity',
        [quantity, idBytes(lineId), idBytes(orderId), quantity],
      );
      assert(affectedRows === 1, `${lineId} has fewer than ${quantity} shipped units left to come back`);
    }
    const lines = await db.findBy(OrderLine, { id: In(units.map(({ lineId }) => lineId)) });
    const back = new Map(units.map(({ lineId, quantity }) => [lineId, quantity]));
    const returned = lines.map(({ id, skuId }) => ({ skuId, quantity: back.get(id) ?? 0 }));
    await this.stock.putBack(db, { orderId, hold }, returned);
  }
}
