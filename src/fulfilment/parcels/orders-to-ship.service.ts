import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BusinessTime, decodeCursor, foreignCursor, idBytes, isId, type Page, type PageArgs, pageOf } from '#common';
import type { StaffViewer } from '#identity';
import { Order } from '#orders';
import { OrderToShip } from './order-to-ship.js';

/** What waits to be shipped. */
@Injectable()
export class OrdersToShipService {
  constructor(
    private readonly source: DataSource,
    private readonly businessTime: BusinessTime,
  ) {}

  /** Of a supplier's own, or of all for the shop's own staff: those of which something is to be shipped, the longest waiting first. */
  async page({ supplierId }: Pick<StaffViewer, 'supplierId'>, { first, after }: PageArgs): Promise<Page<OrderToShip>> {
    const db = this.source.manager;
    const query = db
      .createQueryBuilder(Order, 'orders')
      .where({ status: 'TO_FULFIL', ...(supplierId && { supplierId }) })
      // Of what goes back whole nothing is shipped any more.
      .andWhere('NOT (orders.payableMinor > 0 AND orders.refundingMinor = orders.payableMinor)')
      .orderBy('orders.dueAt')
      .addOrderBy('orders.id')
      .take(first + 1);
    const [at, id] = decodeCursor(after, [0, 'order_']) ?? [];
    if (at !== undefined) {
      if (!isId('order', id)) throw foreignCursor();
      query.andWhere('(orders.dueAt, orders.id) > (:at, :id)', { at: new Date(at), id: idBytes(id) });
    }
    const orders = await query.getMany();
    const now = await this.businessTime.read(db);
    const waiting = orders.map((order) => new OrderToShip(order, now));
    return pageOf(waiting, first, (order) => [order.toFulfilAt.getTime(), order.id]);
  }
}
