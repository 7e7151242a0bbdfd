import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { StockService } from '#catalog';
import { AuditTrail, Idempotency, move, notFound, orRefuse, refuse, Transactor } from '#common';
import type { StaffId } from '#identity';
import { type ArgsOf, type JobClaim, Jobs } from '#jobs';
import { type NewRefund, Refund, type RefundReason, RefundsService, type refundSucceeded } from '#payments';
import { orderRefundedByOperator } from '../order.acts.js';
import { giveCancelledUnitsBack, giveUnitsBack } from '../placing/buyer-units.js';
import { Cancellations } from './cancellations.js';
import { countsForBuyer } from '../placing/limit.rules.js';
import { Order, type OrderId } from '../order.entity.js';
import type { OrderRefundInput } from '../order.inputs.js';
import { orderRefunded } from '../order.jobs.js';
import { OrderNotRefundable } from '../order.refusals.js';
import { type LineId, OrderLine } from '../order-line.entity.js';
import { RefundPromises } from './refund-promises.js';
import { mayRefundUnits, type Shares, sharesOf, type Units } from './line-refund.rules.js';
import { mayRefund, orderLife, unshippedOf } from '../order.rules.js';

const LOCK = { mode: 'pessimistic_write' } as const;

/** An order's money on its way back to the buyer: what is promised, and what has arrived. */
@Injectable()
export class RefundingService {
  constructor(
    private readonly transactor: Transactor,
    private readonly idempotency: Idempotency,
    private readonly promises: RefundPromises,
    private readonly cancellations: Cancellations,
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
    if (amountMinor > 0) await this.promises.make(db, order, { reason, amountMinor });
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
      const { refundingMinor } = order;
      const refund = await this.promises.make(db, order, {
        ...{ id, reason: 'OPERATOR', amountMinor, by: { operatorId, note } },
      });
      await this.refunds.leaveRoom(db, refund);
      await this.trail.record(db, orderRefundedByOperator, {
        ...{ subject: order.id, by: operatorId, reason: note },
        before: { refundingMinor },
        after: { refundingMinor: refundingMinor + amountMinor, refundId: refund.id, amountMinor },
      });
      return refund;
    });
  }

  /**
   * Promises back given units of an order, whose lock the caller holds, as part of the caller's transaction. Units that were not shipped will not
   * be: they are for sale again at once, and an order of which nothing is left to ship is shipped.
   *
   * @param units lines of the order, each once, with at most what is not given back of it
   * @returns the refund, and what it gives back: less than the units' price if an operator gave back money without them before
   * @throws Refused with OrderNotRefundable; AssertionError if more units would go back than are left
   */
  async refundUnits(
    db: EntityManager,
    order: Order,
    { units, ...promised }: Pick<NewRefund, 'by'> & { reason: 'AFTER_SALE' | 'RECALL'; units: readonly Units[] },
  ): Promise<{ refund: Refund; shares: Shares }> {
    orRefuse(mayRefundUnits(order, promised.reason));
    const lines = await db.find(OrderLine, { where: { orderId: order.id }, order: { id: 'ASC' } });
    const shares = sharesOf(order, lines, units);
    if (shares.amountMinor === 0) refuse(new OrderNotRefundable(order.status));
    const refund = await this.promises.make(db, order, { ...promised, amountMinor: shares.amountMinor }, shares.lines);
    await this.#cancelUnits(db, order, refund, shares, lines);
    return { refund, shares };
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

  async #end(db: EntityManager, order: Order, refundedMinor: number): Promise<void> {
    const { awaitsTeam, status } = order;
    const wasToFulfil = status === 'TO_FULFIL';
    await move(db, Order, orderLife, order, 'REFUNDED', { refundedMinor });
    if (!awaitsTeam && countsForBuyer(status)) await giveUnitsBack(db, [order]);
    await this.jobs.publish(db, orderRefunded, { orderId: order.id });
    if (wasToFulfil) await this.#putBack(db, order);
  }

  async #cancelUnits(
    db: EntityManager,
    order: Order,
    refund: Refund,
    shares: Shares,
    lines: readonly OrderLine[],
  ): Promise<void> {
    const cancelled = shares.lines.filter(({ cancelledQuantity }) => cancelledQuantity > 0);
    if (cancelled.length === 0) return;
    await this.cancellations.tell(db, order);
    if (!order.awaitsTeam) await giveCancelledUnitsBack(db, order, refund);
    const returned = cancelled.map(({ lineId, cancelledQuantity: quantity }) => ({
      ...lineOf(lines, lineId),
      quantity,
    }));
    await this.stock.putBack(db, { orderId: order.id, hold: order.hold }, returned);
  }

  /** What was sold and will never be shipped is for sale again; what is on its way is not. */
  async #putBack(db: EntityManager, { id, hold }: Order): Promise<void> {
    const unshipped = unshippedOf(await db.findBy(OrderLine, { orderId: id }));
    if (unshipped.length > 0) await this.stock.putBack(db, { orderId: id, hold }, unshipped);
  }
}

function lineOf(lines: readonly OrderLine[], id: LineId): OrderLine {
  const line = lines.find((one) => one.id === id);
  assert(line, `no line ${id}`);
  return line;
}
