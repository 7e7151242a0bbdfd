import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { regionOf, type StockLine, StockService } from '#catalog';
import { Config, type Currency, newId, orRefuse, refuse, secondsAfter, sumMinor, Vault } from '#common';
import { AddressesService, type DeliveryAddressInput, holdAccount, type UserId } from '#identity';
import { PaymentsService } from '#payments';
import { Checkout, type CheckoutId } from '../checkout.entity.js';
import type { CheckoutQuote } from './checkout-quote.js';
import type { DeliveryInput } from '../delivery/delivery.inputs.js';
import { deliveryText } from '../delivery/delivery.rules.js';
import { Order, ORDER_SEALS } from '../order.entity.js';
import { OrderFreight } from './order-freight.entity.js';
import { OrderLine } from '../order-line.entity.js';
import { partsOf, quoteOf } from './order-parts.js';
import { PriceChanged } from './price.refusals.js';
import { type NewLine, type PricedOrder, priceOrders } from './price.rules.js';

const CURRENCY: Currency = 'CNY';

export interface Wanted {
  readonly buyerId: UserId;
  readonly lines: readonly NewLine[];
  /** Where all of it goes; each order keeps it sealed. */
  readonly delivery: DeliveryInput;
}

export interface NewCheckout extends Wanted {
  readonly id?: CheckoutId;
  /** True if a team decides what becomes of its orders. */
  readonly awaitsTeam: boolean;
  /** What the buyer was told that it costs, in minor units; null if nothing was. */
  readonly expectedPayableMinor?: number | null;
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
   *   meanwhile; Refused with NotDelivered, or with PriceChanged if it costs something else than the buyer was told
   */
  async place(db: EntityManager, wanted: NewCheckout): Promise<PlacedCheckout> {
    const { id = newId('checkout'), buyerId, placedAt, expectedPayableMinor = null } = wanted;
    await holdAccount(db, buyerId);
    const { address, priced } = await this.#price(db, wanted);
    const payableMinor = sumMinor(priced.map((each) => each.payableMinor));
    if (expectedPayableMinor !== null && expectedPayableMinor !== payableMinor)
      refuse(new PriceChanged(quoteOf(priced, CURRENCY)));

    const checkout = db.create(Checkout, {
      ...{ id, buyerId, currency: CURRENCY, placedAt, payableMinor },
      status: 'HELD',
      payUntil: secondsAfter(placedAt, this.config.PAY_WINDOW_SECONDS),
    });
    const goesTo = deliveryText({ address });
    const orders = priced.map((each) => this.#order(db, { ...wanted, id }, each, goesTo));
    const parts = priced.map((each, index) => partsOf(each, idAt(orders, index), CURRENCY));
    const lines = parts.flatMap((each) => each.lines);
    const freights = parts.flatMap((each) => each.freights);
    await db.insert(Checkout, checkout);
    await db.insert(Order, orders);
    await db.insert(OrderLine, lines);
    if (freights.length > 0) await db.insert(OrderFreight, freights);
    // What costs nothing is no matter for the channel.
    if (payableMinor > 0) {
      await this.payments.open(db, {
        checkoutId: id,
        amountMinor: payableMinor,
        currency: CURRENCY,
        description: lines.map(({ title }) => title).join('、'),
        expiresAt: checkout.payUntil,
      });
    }
    return { checkout, orders, lines };
  }

  /**
   * What some lines would cost, reckoned as `place` does it; nothing is written and nothing is held.
   *
   * @throws RequestError NOT_FOUND if they go to an address that is none of the buyer's own; Refused with NotDelivered
   */
  async quote(db: EntityManager, wanted: Wanted): Promise<CheckoutQuote> {
    const { priced } = await this.#price(db, wanted);
    return quoteOf(priced, CURRENCY);
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

  async #price(
    db: EntityManager,
    { buyerId, lines, delivery }: Wanted,
  ): Promise<{ address: DeliveryAddressInput; priced: PricedOrder[] }> {
    const address = await this.#addressOf(db, buyerId, delivery);
    return { address, priced: orRefuse<PricedOrder[]>(priceOrders(lines, regionOf(address))) };
  }

  /** Where it goes: what an order keeps of it is a copy, which no later change of an address book touches. */
  async #addressOf(
    db: EntityManager,
    buyerId: UserId,
    { address, addressId }: DeliveryInput,
  ): Promise<DeliveryAddressInput> {
    if (address) return address;
    assert(addressId, 'the input was checked for one of both');
    return this.addresses.addressOf(db, buyerId, addressId, 'input.delivery.addressId');
  }

  #order(
    db: EntityManager,
    { id: checkoutId, buyerId, awaitsTeam, placedAt }: NewCheckout & Pick<Checkout, 'id'>,
    { supplierId, freightMinor, payableMinor }: PricedOrder,
    goesTo: string,
  ): Order {
    const id = newId('order');
    return db.create(Order, {
      ...{ id, checkoutId, buyerId, supplierId, awaitsTeam, freightMinor, payableMinor, placedAt, currency: CURRENCY },
      delivery: this.vault.seal(ORDER_SEALS.delivery, id, goesTo),
      status: 'UNPAID',
      hold: 1,
      openAfterSales: 0,
      refundingMinor: 0,
      refundedMinor: 0,
      isReceiptExtended: false,
    });
  }
}

function idAt(orders: readonly Order[], index: number): Order['id'] {
  const order = orders[index];
  assert(order, 'each priced order is one order');
  return order.id;
}
