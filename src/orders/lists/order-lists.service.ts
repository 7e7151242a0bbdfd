import { Injectable } from '@nestjs/common';
import { DataSource, type FindOptionsWhere, In, LessThan } from 'typeorm';
import { Product, saleStatusAt, Sku, StockService } from '#catalog';
import { BusinessTime, decodeIdCursor, idBytes, notFound, type Page, type PageArgs, pageOf } from '#common';
import type { UserId } from '#identity';
import { Capture, Refund } from '#payments';
import { unitsOf } from '../placing/buyer-units.js';
import { Checkout } from '../checkout.entity.js';
import { Order, type OrderId } from '../order.entity.js';
import type { OrderAgainLine } from './order-again.js';
import { againOf } from './order-again.rules.js';
import { OrderLine } from '../order-line.entity.js';
import type { OrderTab, OrderTabCount } from './order-tab.js';
import { ORDER_TABS, statusesUnder } from './order-tab.rules.js';

/** More are not counted: nobody reads a larger number on a tab. */
export const COUNTED_MAX = 100;

/** Reads at most so many entries of the index for each tab. */
const COUNTS = ORDER_TABS.map(
  (tab) => `SELECT '${tab}' AS tab, COUNT(*) AS count FROM (
    SELECT 1 FROM orders WHERE buyer_id = ? AND status IN (${statusesUnder(tab)
      .map((status) => `'${status}'`)
      .join(', ')}) LIMIT ${COUNTED_MAX}
  ) AS ${tab.toLowerCase()}`,
).join(' UNION ALL ');

/** How a buyer finds orders again, and buys the same once more. */
@Injectable()
export class OrderListsService {
  constructor(
    private readonly source: DataSource,
    private readonly businessTime: BusinessTime,
    private readonly stock: StockService,
  ) {}

  /** A buyer's orders, newest first; all of them, or those under one tab. */
  async ordersOf(buyerId: UserId, { first, after }: PageArgs, tab?: OrderTab | null): Promise<Page<Order>> {
    const last = decodeIdCursor(after, 'order');
    const where: FindOptionsWhere<Order> = {
      buyerId,
      ...(tab ? { status: In(statusesUnder(tab)) } : {}),
      ...(last ? { id: LessThan(last) } : {}),
    };
    const rows = await this.source.manager.find(Order, { where, order: { id: 'DESC' }, take: first + 1 });
    return pageOf(rows, first, (order) => [order.id]);
  }

  /** A buyer's refunds, newest first, also of money that never belonged to an order. */
  async refundsOf(buyerId: UserId, { first, after }: PageArgs): Promise<Page<Refund>> {
    const last = decodeIdCursor(after, 'refund');
    const query = this.source.manager
      .createQueryBuilder(Refund, 'refund')
      .innerJoin(Capture, 'capture', 'capture.id = refund.captureId')
      .innerJoin(Checkout, 'checkout', 'checkout.id = capture.checkoutId')
      .where('checkout.buyerId = :buyerId', { buyerId: idBytes(buyerId) })
      .orderBy('refund.id', 'DESC')
      .limit(first + 1);
    if (last) query.andWhere('refund.id < :last', { last: idBytes(last) });
    return pageOf(await query.getMany(), first, ({ id }) => [id]);
  }

  /** How many orders a buyer has under each tab, in the order of the tabs; no more than `COUNTED_MAX` are counted. */
  async counts(buyerId: UserId): Promise<OrderTabCount[]> {
    const rows = await this.source.query<{ tab: OrderTab; count: number | string }[]>(
      COUNTS,
      ORDER_TABS.map(() => idBytes(buyerId)),
    );
    const counts = new Map(rows.map(({ tab, count }) => [tab, Number(count)]));
    return ORDER_TABS.map((tab) => ({ tab, count: counts.get(tab) ?? 0 }));
  }

  /**
   * The lines of one's own order as they could be bought alone now.
   *
   * @throws RequestError NOT_FOUND if it is somebody else's
   */
  async again(buyerId: UserId, id: OrderId): Promise<OrderAgainLine[]> {
    const db = this.source.manager;
    if (!(await db.existsBy(Order, { id, buyerId }))) throw notFound('orderId');
    const lines = await db.find(OrderLine, { where: { orderId: id }, order: { id: 'ASC' } });
    const skuIds = lines.map(({ skuId }) => skuId);
    const skus = new Map((await db.findBy(Sku, { id: In(skuIds) })).map((sku) => [sku.id, sku]));
    const productIds = [...skus.values()].map(({ productId }) => productId);
    const products = new Map((await db.findBy(Product, { id: In(productIds) })).map((each) => [each.id, each]));
    const now = await this.businessTime.read(db);
    const onHand = await this.stock.onHandOf(db, skuIds);
    const ofBuyer = await unitsOf(db, buyerId, skuIds);
    return lines.flatMap(({ skuId, title, quantity }) => {
      const sku = skus.get(skuId);
      const product = sku && products.get(sku.productId);
      if (!product) return [];
      const supply = {
        ...{ sku, isSold: !sku.isRetired && saleStatusAt(product, now) === 'ON_SALE' },
        ...{ onHand: onHand.get(skuId) ?? 0, unitsOfBuyer: ofBuyer.get(skuId) ?? 0 },
      };
      return [{ sku, title, quantityThen: quantity, unitPriceMinor: sku.priceMinor, ...againOf(supply, quantity) }];
    });
  }
}
