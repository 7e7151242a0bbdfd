import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type CancellationListener,
  Cancellations,
  type Order,
  OrderLine,
  OrderProgressService,
  unshippedOf,
} from '#orders';
import { receiveBy } from '../receipt/receipt.rules.js';
import { ShippingUploadsService } from '../uploads/shipping-uploads.service.js';
import { Parcel } from './parcel.entity.js';

/** Ends the shipping of orders whose rest is not to be shipped any more. */
@Injectable()
export class RestOfOrders implements CancellationListener, OnModuleInit {
  constructor(
    private readonly cancellations: Cancellations,
    private readonly progress: OrderProgressService,
    private readonly uploads: ShippingUploadsService,
  ) {}

  onModuleInit(): void {
    this.cancellations.register(this);
  }

  /** An order of which something was shipped, and nothing is left, is shipped; what was never shipped at all ends with its refund. */
  async unitsCancelled(db: EntityManager, order: Order): Promise<void> {
    if (order.status !== 'TO_FULFIL') return;
    if (unshippedOf(await db.findBy(OrderLine, { orderId: order.id })).length > 0) return;
    const last = await db.findOne(Parcel, { where: { orderId: order.id }, order: { shippedAt: 'DESC' } });
    if (!last) return;
    await this.progress.ship(db, order, receiveBy(last.shippedAt));
    await this.uploads.request(db, order.checkoutId);
    await this.uploads.remindIfDelivered(db, order.checkoutId);
  }
}
