import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { idBytes, idFromBytes, Transactor } from '#common';
import { sweep, SWEEP_PAGE } from '#jobs';
import { Order, type OrderId } from '../order.entity.js';
import { Settlement } from './settlement.entity.js';
import { SettlingService } from './settling.service.js';

/** Orders that were completed before there was settlement. */
@Injectable()
export class UnsettledOrders {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly settling: SettlingService,
  ) {}

  /** Settles them all. An order of which money is on its way back stays, and the error says so. */
  async settle(): Promise<void> {
    await sweep<OrderId>(
      (after) => this.#page(after),
      (id) => this.#settle(id),
    );
  }

  async #page(after: OrderId | null): Promise<OrderId[]> {
    const rows = await this.source.query<{ id: Buffer }[]>(
      `SELECT orders.id FROM orders LEFT JOIN settlement ON settlement.order_id = orders.id
       WHERE orders.status = 'COMPLETED' AND settlement.order_id IS NULL AND (? IS NULL OR orders.id > ?)
       ORDER BY orders.id LIMIT ?`,
      [after && idBytes(after), after && idBytes(after), SWEEP_PAGE],
    );
    return rows.map(({ id }) => idFromBytes('order', id));
  }

  #settle(id: OrderId): Promise<void> {
    return this.transactor.run(async (db) => {
      const order = await db.findOneOrFail(Order, { where: { id }, lock: { mode: 'pessimistic_write' } });
      const isOpen = order.status === 'COMPLETED' && !(await db.existsBy(Settlement, { orderId: id }));
      if (isOpen) await this.settling.settle(db, order);
    });
  }
}
