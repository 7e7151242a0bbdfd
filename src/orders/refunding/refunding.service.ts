import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { StockService } from '#catalog';
import { AuditTrail, Idempotency, move, notFound, orRefuse, refuse, Transactor } from '#common';
import type { StaffId } from '#identity';
import { type ArgsOf, type JobClaim, Jobs } from '#jobs';
import {
  type NewRefund,
  PaymentsService,
  Refund,
  type RefundReason,
  RefundsService,
  type refundSucceeded,
} from '#payments';
import { orderRefundedByOperator } from '../order.acts.js';
import { giveUnitsBack } from '../placing/buyer-units.js';
import { countsForBuyer } from '../placing/limit.rules.js';
import { Order, type OrderId } from '../order.entity.js';
import type { OrderRefundInput } from '../order.inputs.js';
import { orderRefunded } from '../order.jobs.js';
import { OrderNotRefundable } from '../order.refusals.js';
import { OrderLine } from '../order-line.entity.js';
import { mayRefund, orderLife, unshippedOf } from '../order.rules.js';

const LOCK = { mode: 'pessimistic_write' } as const;

/** An order's money on its way back to the buyer: what is promised, and what has arrived. */
@Injectable()
export class RefundingService {
  constructor(
    private readonly transactor: Transactor,
    private readonly idempotency: Idempotency,
    private readonly payments: PaymentsService,
    private readonly refunds: RefundsService,
    private readonly stock: StockService,
    private readonly jobs: Jobs,
    private readonly trail: AuditTrail,
  ) {}

  /** Promises all of an order's money back, and releases its stock if it still holds some; as part of the caller's transaction. */
  async refund(
    db: EntityManager,
    id: OrderId,
    reason: RefundReason,
    { isStockHeld }: { readonly isStockHeld: boolean },
  ): Promise<void> {
    const order = await db.findOneOrFail(Order, { where: { id }, lock: LOCK });
    assert(
      order.status === 'AWAITING_TEAM' || order.status === 'PAID_LATE',
      `${id} is ${order.status}, nothing to refund`,
    );
    await this.refundWhole(db, order, reason);
    if (isStockHeld) await this.stock.release(db, [{ orderId: id, hold: order.hold }]);
  }

  /** Promises back what an order, whose lock the caller holds, has not promised yet; one that cost nothing is over at once. */
  async refundWhole(db: EntityManager, order: Order, reason: RefundReason): Promise<void> {
    const amountMinor = order.payableMinor - order.refundingMinor;
    if (amountMinor > 0) await this.#promise(db, order, { reason, amountMinor });
    else if (order.payableMinor === 0) await this.#end(db, order, 0);
  }

  /**
   * Gives back a part of what was paid for an order, or all of it, because an operator says so.
   *
   * @throws RequestError if there is no such order; Refused with OrderNotRefundable, RefundTooLarge or TooManyRefunds
   */
  refundPart(operatorId: StaffId, input: OrderRefundInput): Promise<Refund> {
    return this.#give(operatorId, input, () => input.amountMinor);
  }

  /**
   * As `refundPart`, of all that has not been promised back yet.
   *
   * @throws as `refundPart`; Refused with OrderNotRefundable if nothing is left
   */
  refundRest(operatorId: StaffId, input: Omit<OrderRefundInput, 'amountMinor'>): Promise<Refund> {
    return this.#give(operatorId, input, ({ status, payableMinor, refundingMinor }) => {
      const leftMinor = payableMinor - refundingMinor;
      return leftMinor > 0 ? leftMinor : refuse(new OrderNotRefundable(status));
    });
  }

  #give(
    operatorId: StaffId,
    input: Omit<OrderRefundInput, 'amountMinor'>,
    amountOf: (order: Order) => number,
  ): Promise<Refund> {
    const { orderId, note } = input;
    const attempt = { actorId: operatorId, key: input.idempotencyKey, input };
    return this.idempotency.once(Refund, attempt, async (db, id) => {
      const order = await db.findOne(Order, { where: { id: orderId }, lock: LOCK });
      if (!order) throw notFound('input.orderId');
      const amountMinor = amountOf(order);
      orRefuse(mayRefund(order, amountMinor));
      const refund = await this.#promise(db, order, { id, reason: 'OPERATOR', amountMinor, by: { operatorId, note } });
      await this.refunds.leaveRoom(db, refund);
      const { refundingMinor } = order;
      await this.trail.record(db, orderRefundedByOperator, {
        ...{ subject: order.id, by: operatorId, reason: note },
        before: { refundingMinor },
        after: { refundingMinor: refundingMinor + amountMinor, refundId: refund.id, amountMinor },
      });
      return refund;
    });
  }

  /** Counts money that is back with the buyer; an order of which nothing is left is over. */
  async bookRefund({ orderId, amountMinor }: ArgsOf<typeof refundSucceeded>, claim: JobClaim): Promise<void> {
    await this.transactor.run(async (db) => {
      await claim.close(db);
      const order = await db.findOneOrFail(Order, { where: { id: orderId }, lock: LOCK });
      const refundedMinor = order.refundedMinor + amountMinor;
      assert(refundedMinor <= order.payableMinor, `${orderId}: more went back than was paid`);
      if (refundedMinor < order.payableMinor) await db.update(Order, { id: orderId }, { refundedMinor });
      else await this.#end(db, order, refundedMinor);
    });
  }

  async #promise(
    db: EntityManager,
    order: Order,
    refund: Pick<NewRefund, 'id' | 'reason' | 'amountMinor' | 'by'>,
  ): Promise<Refund> {
    await db.update(Order, { id: order.id }, { refundingMinor: order.refundingMinor + refund.amountMinor });
    const capture = await this.payments.captureOf(db, order.checkoutId);
    return this.refunds.create(db, { ...refund, capture, orderId: order.id, account: `order:${order.id}` });
  }

  async #end(db: EntityManager, order: Order, refundedMinor: number): Promise<void> {
    const { awaitsTeam, status } = order;
    const wasToFulfil = status === 'TO_FULFIL';
    await move(db, Order, orderLife, order, 'REFUNDED', { refundedMinor });
    if (!awaitsTeam && countsForBuyer(status)) await giveUnitsBack(db, [order]);
    await this.jobs.publish(db, orderRefunded, { orderId: order.id });
    if (wasToFulfil) await this.#putBack(db, order);
  }

  /** What was sold and will never be shipped is for sale again; what is on its way is not. */
  async #putBack(db: EntityManager, { id, hold }: Order): Promise<void> {
    const unshipped = unshippedOf(await db.findBy(OrderLine, { orderId: id }));
    if (unshipped.length > 0) await this.stock.putBack(db, { orderId: id, hold }, unshipped);
  }
}
