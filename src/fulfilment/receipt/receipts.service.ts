import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { BusinessTime, Config, Idempotency, idBytes, notFound, orRefuse, Transactor } from '#common';
import type { UserId } from '#identity';
import { sweep, SWEEP_PAGE } from '#jobs';
import { Order, type OrderId, OrderProgressService } from '#orders';
import type { ReceiptExtendInput } from './receipt.inputs.js';
import { afterSaleEndsAt, extendedReceipt, isReceived, mayExtend, mayReceive } from './receipt.rules.js';

const LOCK = { mode: 'pessimistic_write' } as const;

/** How an order comes to its end: the buyer says that it has come, or the clock does, and later the after-sale window closes. */
@Injectable()
export class ReceiptsService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly idempotency: Idempotency,
    private readonly businessTime: BusinessTime,
    private readonly progress: OrderProgressService,
    private readonly config: Config,
  ) {}

  /**
   * Notes that the buyer has an order. Saying so again changes nothing.
   *
   * @throws RequestError NOT_FOUND if it is none of the buyer's own; Refused with OrderNotReceivable
   */
  receive(buyerId: UserId, orderId: OrderId): Promise<Order> {
    return this.transactor.run(async (db) => {
      const order = await own(db, buyerId, orderId);
      if (isReceived(order)) return order;
      orRefuse(mayReceive(order));
      await this.#receive(db, order, await this.businessTime.read(db));
      return order;
    });
  }

  /**
   * Puts off, once, the time at which the buyer is taken to have an order.
   *
   * @throws as `receive`; Refused with ReceiptAlreadyExtended or ReceiptOver
   */
  extend(buyerId: UserId, input: ReceiptExtendInput): Promise<Order> {
    const { idempotencyKey: key, orderId } = input;
    return this.idempotency.once(Order, { actorId: buyerId, key, input, resultId: orderId }, async (db) => {
      const order = await own(db, buyerId, orderId);
      orRefuse(mayExtend(order, await this.businessTime.read(db)));
      if (order.receiveBy) await this.progress.extendReceipt(db, order, extendedReceipt(order.receiveBy));
      return order;
    });
  }

  /** Takes every order as received whose time to say so is over, unless the buyer asks for something. */
  async receiveOverdue(): Promise<void> {
    await this.#sweepDue('SHIPPED', (id) => this.#receiveIfDue(id));
  }

  /** Completes every order whose after-sale window is over, unless some of its money is still on its way back, or may be. */
  async completeOverdue(): Promise<void> {
    await this.#sweepDue('RECEIVED', (id) => this.#completeIfDue(id));
  }

  #receiveIfDue(id: OrderId): Promise<void> {
    return this.transactor.run(async (db) => {
      const order = await db.findOneOrFail(Order, { where: { id }, lock: LOCK });
      const now = await this.businessTime.read(db);
      // The buyer may have been faster, have put it off, or ask for something.
      const isDue = order.status === 'SHIPPED' && order.receiveBy && order.receiveBy <= now;
      if (isDue && order.openAfterSales === 0) await this.#receive(db, order, now);
    });
  }

  #completeIfDue(id: OrderId): Promise<void> {
    return this.transactor.run(async (db) => {
      const order = await db.findOneOrFail(Order, { where: { id }, lock: LOCK });
      const now = await this.businessTime.read(db);
      const isOver = order.status === 'RECEIVED' && order.completesAt && order.completesAt <= now;
      const isSettled = order.refundingMinor === order.refundedMinor && order.openAfterSales === 0;
      if (isOver && isSettled) await this.progress.complete(db, order);
    });
  }

  async #receive(db: EntityManager, order: Order, receivedAt: Date): Promise<void> {
    const completesAt = afterSaleEndsAt(receivedAt, this.config.SHOP_TIME_ZONE);
    await this.progress.receive(db, order, { receivedAt, completesAt });
  }

  /** Works through the orders that stand at a status and are due, the longest first. */
  async #sweepDue(status: 'SHIPPED' | 'RECEIVED', work: (id: OrderId) => Promise<void>): Promise<void> {
    const now = await this.businessTime.read(this.source.manager);
    await sweep<Order>(
      (after) => this.#due(status, now, after),
      (order) => work(order.id),
    );
  }

  #due(status: 'SHIPPED' | 'RECEIVED', now: Date, after: Order | null): Promise<Order[]> {
    const query = this.source.manager
      .createQueryBuilder(Order, 'orders')
      .where({ status })
      .andWhere('orders.dueAt <= :now', { now })
      .andWhere('orders.openAfterSales = 0')
      .orderBy('orders.dueAt')
      .addOrderBy('orders.id')
      .take(SWEEP_PAGE);
    // What is on its way back is looked at again each time, and there is never much of it.
    if (status === 'RECEIVED') query.andWhere('orders.refundingMinor = orders.refundedMinor');
    if (after) {
      const at = status === 'SHIPPED' ? after.receiveBy : after.completesAt;
      query.andWhere('(orders.dueAt, orders.id) > (:at, :id)', { at, id: idBytes(after.id) });
    }
    return query.getMany();
  }
}

/** Somebody else's order is as good as none. */
async function own(db: EntityManager, buyerId: UserId, id: OrderId): Promise<Order> {
  const order = await db.findOne(Order, { where: { id, buyerId }, lock: LOCK });
  if (!order) throw notFound('input.orderId');
  return order;
}
