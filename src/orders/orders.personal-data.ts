import { Injectable } from '@nestjs/common';
import { type EntityManager, In, MoreThan, Not } from 'typeorm';
import {
  groupInOrder,
  type Holding,
  idBytes,
  type OpenMatter,
  pagesOf,
  type PersonalRecord,
  PERSONAL_PAGE,
  PersonalData,
  PersonalDataHolders,
  Vault,
} from '#common';
import type { UserId } from '#identity';
import { Capture, Payment, Refund } from '#payments';
import { Checkout } from './checkout.entity.js';
import { anonymousText, deliveryOf } from './delivery/delivery.rules.js';
import { Order, ORDER_SEALS, type OrderId } from './order.entity.js';
import { OrderLine } from './order-line.entity.js';
import { OVER } from './order.rules.js';
import { ORDERS_HOLDINGS } from './orders.holdings.js';

const OWED_REFUNDS = `
  SELECT COUNT(*) AS count FROM checkout JOIN capture ON capture.checkout_id = checkout.id
  JOIN refund ON refund.capture_id = capture.id
  WHERE checkout.buyer_id = ? AND refund.status IN ('CREATED', 'SUBMITTED', 'ABNORMAL', 'MANUAL')`;

/** What a person has bought, where it went and how it was paid. */
@Injectable()
export class OrdersPersonalData extends PersonalData {
  override readonly holdings: readonly Holding[] = ORDERS_HOLDINGS;

  constructor(
    holders: PersonalDataHolders,
    private readonly vault: Vault,
  ) {
    super(holders);
  }

  override async *records(db: EntityManager, buyerId: UserId): AsyncGenerator<PersonalRecord> {
    for await (const orders of pagesOf<Order>((after) => ordersAfter(db, buyerId, after?.id ?? null)))
      yield* this.#orderRecords(db, orders);
    const checkouts = pagesOf<Checkout>((after) =>
      db.find(Checkout, {
        where: { buyerId, ...(after && { id: MoreThan(after.id) }) },
        order: { id: 'ASC' },
        take: PERSONAL_PAGE,
      }),
    );
    for await (const page of checkouts) yield* paymentRecords(db, page);
  }

  /**
   * The law wants the record of a trade (E-Commerce Law 31), not the way to somebody's door: what was paid keeps a masked delivery, what
   * never was, none.
   */
  override async eraseSome(db: EntityManager, buyerId: UserId, after: string | null): Promise<string | null> {
    const orders = await ordersAfter(db, buyerId, after as OrderId | null);
    for (const { id, status, delivery } of orders) {
      const kept = delivery && status !== 'CANCELLED' ? this.#anonymous(id, delivery) : null;
      await db.query('UPDATE orders SET delivery = ? WHERE id = ?', [kept, idBytes(id)]);
    }
    return orders.length === PERSONAL_PAGE ? (orders.at(-1)?.id ?? null) : null;
  }

  override async openMatters(db: EntityManager, buyerId: UserId): Promise<readonly OpenMatter[]> {
    const [owed] = await db.query<[{ count: number | string }]>(OWED_REFUNDS, [idBytes(buyerId)]);
    const matters: OpenMatter[] = [
      { kind: 'UNPAID_CHECKOUT', count: await db.countBy(Checkout, { buyerId, status: 'HELD' }) },
      { kind: 'ORDER', count: await db.countBy(Order, { buyerId, status: Not(In([...OVER, 'UNPAID'])) }) },
      { kind: 'REFUND', count: Number(owed.count) },
    ];
    return matters.filter(({ count }) => count > 0);
  }

  async *#orderRecords(db: EntityManager, orders: readonly Order[]): AsyncGenerator<PersonalRecord> {
    const ids = orders.map(({ id }) => id);
    const lines = await db.find(OrderLine, { where: { orderId: In(ids) }, order: { id: 'ASC' } });
    const linesOf = groupInOrder(ids, lines, ({ orderId }) => orderId);
    const checkouts = await db.findBy(Checkout, { id: In(orders.map(({ checkoutId }) => checkoutId)) });
    const payUntil = new Map(checkouts.map((checkout) => [checkout.id, checkout.payUntil]));
    for (const [index, { delivery, ...order }] of orders.entries()) {
      const { id, checkoutId, status, payableMinor, freightMinor, refundedMinor, currency, placedAt } = order;
      const bought = (linesOf[index] ?? []).map(({ title, quantity, amountMinor }) => ({
        title,
        quantity,
        amountMinor,
      }));
      const times = { placedAt, payUntil: payUntil.get(checkoutId) };
      const amounts = { payableMinor, freightMinor, refundedMinor, currency };
      const data = { id, checkoutId, status, ...amounts, ...times, lines: bought };
      yield { category: 'ORDERS', data };
      if (delivery) {
        const goesTo = deliveryOf(this.vault.open(ORDER_SEALS.delivery, id, delivery));
        yield { category: 'DELIVERIES', data: { orderId: id, ...goesTo } };
      }
    }
  }

  #anonymous(id: OrderId, delivery: NonNullable<Order['delivery']>): Buffer {
    const text = anonymousText(this.vault.open(ORDER_SEALS.delivery, id, delivery));
    return this.vault.seal(ORDER_SEALS.delivery, id, text).bytes;
  }
}

/** A page of a person's orders, with where they go. */
function ordersAfter(db: EntityManager, buyerId: UserId, after: OrderId | null): Promise<Order[]> {
  const query = db
    .createQueryBuilder(Order, 'orders')
    .addSelect('orders.delivery')
    .where('orders.buyerId = :buyerId', { buyerId: idBytes(buyerId) })
    .orderBy('orders.id')
    .take(PERSONAL_PAGE);
  if (after) query.andWhere('orders.id > :after', { after: idBytes(after) });
  return query.getMany();
}

async function* paymentRecords(db: EntityManager, checkouts: readonly Checkout[]): AsyncGenerator<PersonalRecord> {
  const checkoutId = In(checkouts.map(({ id }) => id));
  for (const { outTradeNo, status, amountMinor, currency } of await db.findBy(Payment, { checkoutId }))
    yield { category: 'PAYMENTS', data: { outTradeNo, status, amountMinor, currency } };
  const captures = await db.findBy(Capture, { checkoutId });
  for (const { transactionId, amountMinor, currency, succeededAt } of captures)
    yield { category: 'PAYMENTS', data: { transactionId, amountMinor, currency, succeededAt } };
  const refunds = await db.findBy(Refund, { captureId: In(captures.map(({ id }) => id)) });
  for (const { outRefundNo, status, reason, note, amountMinor, currency, createdAt, succeededAt } of refunds) {
    const data = { outRefundNo, status, reason, note, amountMinor, currency, createdAt, succeededAt };
    yield { category: 'PAYMENTS', data };
  }
}
