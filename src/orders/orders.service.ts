import { Injectable } from '@nestjs/common';
import { type EntityManager, In, Not } from 'typeorm';
import { StockService } from '#catalog';
import { BusinessTime, move, moveAll, Transactor } from '#common';
import { type JobClaim, Jobs } from '#jobs';
import { LedgerService, type Transfer, transfer } from '#ledger';
import { ChannelService, PaymentsService, type TradeReport } from '#payments';
import { giveUnitsBack } from './placing/buyer-units.js';
import { Checkout, type CheckoutId } from './checkout.entity.js';
import { Order, type OrderId } from './order.entity.js';
import { OrderLine } from './order-line.entity.js';
import { orderPaid, orderPaidLate } from './order.jobs.js';
import { checkoutLife, isInTime, orderLife, OVER } from './order.rules.js';
import { type PlacedCheckout, PlacingService } from './placing/placing.service.js';
import { RefundingService } from './refunding/refunding.service.js';

const LOCK = { mode: 'pessimistic_write' } as const;

/** What becomes of orders once they are placed: paid, released, fulfilled. `RefundingService` sees to money that goes back. */
@Injectable()
export class OrdersService {
  constructor(
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly payments: PaymentsService,
    private readonly channel: ChannelService,
    private readonly refunding: RefundingService,
    private readonly placing: PlacingService,
    private readonly stock: StockService,
    private readonly ledger: LedgerService,
    private readonly jobs: Jobs,
  ) {}

  /** Books money that the channel has taken, and moves what it pays for. Hearing the same report again changes nothing. */
  async capture(heard: TradeReport, claim?: JobClaim): Promise<void> {
    const payment = await this.payments.reported(heard);
    const report = await this.channel.verified(payment, heard);
    await this.transactor.run(async (db) => {
      await claim?.close(db);
      const { checkout, orders } = await this.#lock(db, payment.checkoutId);
      const capture = await this.payments.capture(db, report, { isPaid: checkout.status === 'PAID' });
      if (!capture) return;

      await this.ledger.post(db, orders.filter(costsSomething).map(escrow));
      const inTime = isInTime(checkout, capture.succeededAt);
      const wasHeld = checkout.status === 'HELD';
      await move(db, Checkout, checkoutLife, checkout, 'PAID');
      if (inTime) await this.#paid(db, orders);
      else await this.#paidLate(db, orders, wasHeld);
    });
  }

  /** Takes a checkout that costs nothing as paid, as part of the transaction that placed it; any other is left alone. */
  async acceptFree(
    db: EntityManager,
    { checkout, orders }: Pick<PlacedCheckout, 'checkout' | 'orders'>,
  ): Promise<void> {
    if (checkout.payableMinor > 0) return;
    await move(db, Checkout, checkoutLife, checkout, 'PAID');
    await this.#paid(db, orders);
  }

  /** Cancels the orders of a checkout that the channel has closed, unless a team decides about them. */
  async release(checkoutId: CheckoutId, claim: JobClaim): Promise<void> {
    await this.transactor.run(async (db) => {
      await claim.close(db);
      const { checkout, orders } = await this.#lock(db, checkoutId);
      if (checkout.status === 'HELD' && !orders.some(({ awaitsTeam }) => awaitsTeam))
        await this.#cancel(db, checkout, orders);
    });
  }

  async idsOf(db: EntityManager, checkoutId: CheckoutId): Promise<OrderId[]> {
    const orders = await db.find(Order, { where: { checkoutId }, select: { id: true } });
    return orders.map(({ id }) => id);
  }

  /** Cancels a team's unpaid order, as part of the team's transaction. False if the order is paid: then the seat stays. */
  async cancelForTeam(db: EntityManager, orderId: OrderId): Promise<boolean> {
    const { checkoutId } = await db.findOneByOrFail(Order, { id: orderId });
    const { checkout, orders } = await this.#lock(db, checkoutId);
    if (checkout.status !== 'HELD') return false;
    await this.#cancel(db, checkout, orders);
    return true;
  }

  /** Whether nothing more can come of any of these orders. */
  async areOver(db: EntityManager, ids: readonly OrderId[]): Promise<boolean> {
    return !(await db.existsBy(Order, { id: In(ids), status: Not(In(OVER)) }));
  }

  /** Hands the orders of a formed team to fulfilment, from `toFulfilAt` on: what they hold is sold. */
  async fulfil(db: EntityManager, ids: readonly OrderId[], toFulfilAt: Date): Promise<void> {
    const orders = await db.find(Order, { where: { id: In(ids) }, order: { id: 'ASC' }, lock: LOCK });
    await moveAll(db, Order, orderLife, orders, 'TO_FULFIL', { toFulfilAt });
    await this.stock.commit(db, orders.map(holdOf));
  }

  /**
   * Seats an order again that was paid late: its stock is held anew if the first hold is gone.
   *
   * @throws Refused with SoldOut
   */
  async keepLate(db: EntityManager, id: OrderId, { isStockHeld }: { readonly isStockHeld: boolean }): Promise<void> {
    const order = await db.findOneOrFail(Order, { where: { id }, lock: LOCK });
    if (isStockHeld) {
      await move(db, Order, orderLife, order, 'AWAITING_TEAM');
      return;
    }
    await move(db, Order, orderLife, order, 'AWAITING_TEAM', { hold: order.hold + 1 });
    await this.placing.reserve(db, { orders: [order], lines: await db.findBy(OrderLine, { orderId: id }) });
  }

  async #lock(db: EntityManager, checkoutId: CheckoutId): Promise<{ checkout: Checkout; orders: Order[] }> {
    const checkout = await db.findOneOrFail(Checkout, { where: { id: checkoutId }, lock: LOCK });
    const orders = await db.find(Order, { where: { checkoutId }, order: { id: 'ASC' }, lock: LOCK });
    return { checkout, orders };
  }

  async #paid(db: EntityManager, orders: readonly Order[]): Promise<void> {
    const [forTeams, alone] = partition(orders, ({ awaitsTeam }) => awaitsTeam);
    await moveAll(db, Order, orderLife, forTeams, 'AWAITING_TEAM');
    await this.jobs.publish(db, orderPaid, forTeams.map(argsOf));
    if (alone.length === 0) return;
    await moveAll(db, Order, orderLife, alone, 'PAID');
    const toFulfilAt = await this.businessTime.read(db);
    await moveAll(db, Order, orderLife, alone, 'TO_FULFIL', { toFulfilAt });
    await this.stock.commit(db, alone.map(holdOf));
  }

  /** A team may still have a place for a late order; one that was bought alone goes back at once. */
  async #paidLate(db: EntityManager, orders: readonly Order[], wasHeld: boolean): Promise<void> {
    const [forTeams, alone] = partition(orders, ({ awaitsTeam }) => awaitsTeam);
    await moveAll(db, Order, orderLife, orders, 'PAID_LATE');
    for (const order of alone) await this.refunding.refundWhole(db, order, 'LATE');
    await this.jobs.publish(db, orderPaidLate, forTeams.map(argsOf));
    if (!wasHeld || alone.length === 0) return;
    await giveUnitsBack(db, alone);
    await this.stock.release(db, alone.map(holdOf));
  }

  async #cancel(db: EntityManager, checkout: Checkout, orders: readonly Order[]): Promise<void> {
    await move(db, Checkout, checkoutLife, checkout, 'RELEASED');
    await moveAll(db, Order, orderLife, orders, 'CANCELLED');
    await giveUnitsBack(db, boughtAlone(orders));
    await this.stock.release(db, orders.map(holdOf));
  }
}

function costsSomething({ payableMinor }: Order): boolean {
  return payableMinor > 0;
}

/** What was paid for an order, kept for it until it is earned or goes back. */
function escrow({ id, payableMinor, currency }: Order): Transfer {
  const paid = { amountMinor: payableMinor, currency };
  return transfer('channel:wechat', `order:${id}`, paid, 'CAPTURE', { type: 'order', id });
}

function holdOf({ id, hold }: Order): { orderId: OrderId; hold: number } {
  return { orderId: id, hold };
}

function boughtAlone(orders: readonly Order[]): Order[] {
  return orders.filter(({ awaitsTeam }) => !awaitsTeam);
}

function argsOf({ id }: Order): { orderId: OrderId } {
  return { orderId: id };
}

function partition<Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
