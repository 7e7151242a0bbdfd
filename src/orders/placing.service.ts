import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type AllotmentId, type Article, type StockLine, StockService } from '#catalog';
import { Config, type Currency, newId, type Sealed, secondsAfter, sumMinor, Vault } from '#common';
import { AddressesService, holdAccount, type UserId } from '#identity';
import { PaymentsService } from '#payments';
import { Checkout, type CheckoutId } from './checkout.entity.js';
import type { DeliveryInput } from './delivery.inputs.js';
import { deliveryText } from './delivery.rules.js';
import { Order, ORDER_SEALS, type OrderId } from './order.entity.js';
import { OrderLine } from './order-line.entity.js';

export interface NewLine {
  readonly article: Article;
  readonly quantity: number;
  /** What a unit costs here: the single price, or a team's. */
  readonly unitPriceMinor: number;
  /** The share of stock that it counts against, if its price has one. */
  readonly allotmentId: AllotmentId | null;
}

export interface NewCheckout {
  readonly id?: CheckoutId;
  readonly buyerId: UserId;
  readonly lines: readonly NewLine[];
  /** True if a team decides what becomes of its orders. */
  readonly awaitsTeam: boolean;
  /** Where all of it goes; each order keeps it sealed. */
  readonly delivery: DeliveryInput;
  /** Business time, read after the caller's locks. */
  readonly placedAt: Date;
}

export interface PlacedCheckout {
  readonly checkout: Checkout;
  readonly orders: readonly Order[];
  readonly lines: readonly OrderLine[];
}

/** Placing: everything that an unpaid order is made of. Reserving its stock is a call of its own, made last. */
@Injectable()
export class PlacingService {
  constructor(
    private readonly payments: PaymentsService,
    private readonly stock: StockService,
    private readonly addresses: AddressesService,
    private readonly vault: Vault,
    private readonly config: Config,
  ) {}

  /**
   * Writes a checkout with its orders and payment, unpaid until `payUntil`; as part of the caller's transaction. One that costs nothing has no
   * payment.
   *
   * @throws RequestError NOT_FOUND if it goes to an address that is none of the buyer's own; UNAUTHENTICATED if the buyer has erased the account
   *   meanwhile
   */
  async place(
    db: EntityManager,
    { id = newId('checkout'), buyerId, lines, awaitsTeam, delivery, placedAt }: NewCheckout,
  ): Promise<PlacedCheckout> {
    await holdAccount(db, buyerId);
    const currency: Currency = 'CNY';
    const goesTo = await this.#goesTo(db, buyerId, delivery);
    const seal = (orderId: OrderId): Sealed => this.vault.seal(ORDER_SEALS.delivery, orderId, goesTo);
    const orders = ordersBySupplier(db, { checkoutId: id, buyerId, lines, awaitsTeam, placedAt, currency, seal });
    const checkout = db.create(Checkout, {
      ...{ id, buyerId, currency, placedAt },
      status: 'HELD',
      payableMinor: sumMinor(orders.map(({ order }) => order.payableMinor)),
      payUntil: secondsAfter(placedAt, this.config.PAY_WINDOW_SECONDS),
    });
    const orderLines = orders.flatMap((each) => each.lines);
    await db.insert(Checkout, checkout);
    await db.insert(
      Order,
      orders.map(({ order }) => order),
    );
    await db.insert(OrderLine, orderLines);
    // What costs nothing is no matter for the channel.
    if (checkout.payableMinor > 0) {
      await this.payments.open(db, {
        checkoutId: id,
        amountMinor: checkout.payableMinor,
        currency,
        description: orderLines.map(({ title }) => title).join('、'),
        expiresAt: checkout.payUntil,
      });
    }
    return { checkout, orders: orders.map(({ order }) => order), lines: orderLines };
  }

  /**
   * Holds the stock of a placed checkout: the hottest rows, so the caller does it last.
   *
   * @throws Refused with SoldOut
   */
  async reserve(db: EntityManager, { orders, lines }: Pick<PlacedCheckout, 'orders' | 'lines'>): Promise<void> {
    const holds = new Map(orders.map(({ id, hold }) => [id, hold]));
    await this.stock.reserve(
      db,
      lines.map((line): StockLine => ({ ...line, hold: holds.get(line.orderId) ?? 1 })),
    );
  }

  /** What each order keeps of where it goes: a copy, which no later change of an address book touches. */
  async #goesTo(db: EntityManager, buyerId: UserId, { address, addressId }: DeliveryInput): Promise<string> {
    if (address) return deliveryText({ address });
    assert(addressId, 'the input was checked for one of both');
    const own = await this.addresses.addressOf(db, buyerId, addressId, 'input.delivery.addressId');
    return deliveryText({ address: own });
  }
}

interface OrderWithLines {
  readonly order: Order;
  readonly lines: OrderLine[];
}

/** One order for each supplier, in the order in which the lines name them. */
function ordersBySupplier(
  db: EntityManager,
  {
    lines,
    seal,
    ...shared
  }: Pick<Order, 'checkoutId' | 'buyerId' | 'awaitsTeam' | 'placedAt' | 'currency'> & {
    lines: readonly NewLine[];
    /** Seals where it goes for one order's row. */
    seal: (orderId: OrderId) => Sealed;
  },
): OrderWithLines[] {
  const supplierIds = [...new Set(lines.map(({ article }) => article.product.supplierId))];
  return supplierIds.map((supplierId) => {
    const orderId = newId('order');
    const own = lines
      .filter(({ article }) => article.product.supplierId === supplierId)
      .map(({ article: { sku, product }, quantity, unitPriceMinor, allotmentId }) =>
        db.create(OrderLine, {
          ...{ orderId, quantity, unitPriceMinor, allotmentId },
          id: newId('line'),
          skuId: sku.id,
          title: sku.title === '' ? product.name : `${product.name} ${sku.title}`,
          amountMinor: quantity * unitPriceMinor,
        }),
      );
    const payableMinor = sumMinor(own.map(({ amountMinor }) => amountMinor));
    const order = db.create(Order, {
      ...shared,
      ...{ id: orderId, supplierId, payableMinor, delivery: seal(orderId) },
      status: 'UNPAID',
      hold: 1,
      refundingMinor: 0,
      refundedMinor: 0,
    });
    return { order, lines: own };
  });
}
