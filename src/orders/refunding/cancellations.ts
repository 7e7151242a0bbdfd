import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Order } from '../order.entity.js';

/** Whoever ships must know what is not to be shipped any more, before anybody else may look. */
export interface CancellationListener {
  /** Units of an order, whose lock the caller holds, will not be shipped; as part of the caller's transaction, before stock. */
  unitsCancelled(db: EntityManager, order: Order): Promise<void>;
}

/** Those of later modules who hear of cancelled units. */
@Injectable()
export class Cancellations {
  readonly #listeners: CancellationListener[] = [];

  register(listener: CancellationListener): void {
    this.#listeners.push(listener);
  }

  async tell(db: EntityManager, order: Order): Promise<void> {
    for (const listener of this.#listeners) await listener.unitsCancelled(db, order);
  }
}
