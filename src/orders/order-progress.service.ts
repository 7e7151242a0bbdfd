import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { move } from '#common';
import { Jobs } from '#jobs';
import { Order } from './order.entity.js';
import { orderCompleted, orderReceived } from './order.jobs.js';
import { orderLife } from './order.rules.js';
import { SettlingService } from './settlement/settling.service.js';

/** How an order goes on once it is to be fulfilled, as part of the transaction of whoever decides it and holds the order's lock. */
@Injectable()
export class OrderProgressService {
  constructor(
    private readonly jobs: Jobs,
    private readonly settling: SettlingService,
  ) {}

  /** All of it is on its way; the buyer is taken to have it at `receiveBy`. */
  async ship(db: EntityManager, order: Order, receiveBy: Date): Promise<void> {
    await move(db, Order, orderLife, order, 'SHIPPED', { receiveBy });
  }

  /** Puts off the time at which the buyer is taken to have it. */
  async extendReceipt(db: EntityManager, order: Order, receiveBy: Date): Promise<void> {
    const extended = { receiveBy, isReceiptExtended: true };
    await db.update(Order, { id: order.id }, extended);
    Object.assign(order, extended);
  }

  /** The buyer has it; whoever waits for that is told. */
  async receive(db: EntityManager, order: Order, times: Record<'receivedAt' | 'completesAt', Date>): Promise<void> {
    await move(db, Order, orderLife, order, 'RECEIVED', times);
    await this.jobs.publish(db, orderReceived, { orderId: order.id });
  }

  /** Its after-sale window is over: what was paid for it goes to who earned it, and whoever waits for that is told. */
  async complete(db: EntityManager, order: Order): Promise<void> {
    await move(db, Order, orderLife, order, 'COMPLETED');
    await this.settling.settle(db, order);
    await this.jobs.publish(db, orderCompleted, { orderId: order.id });
  }
}
