import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type FindOptionsWhere, LessThan } from 'typeorm';
import { BusinessTime, decodeIdCursor, Idempotency, notFound, type Page, type PageArgs, pageOf, refuse } from '#common';
import { IdentityService, type UserId } from '#identity';
import { ChannelService, PaymentsService } from '#payments';
import { takeUnits } from './placing/buyer-units.js';
import { Checkout, type CheckoutId, type CheckoutStatus } from './checkout.entity.js';
import type { CheckoutPlaceInput } from './order.inputs.js';
import { CheckoutAlreadyPaid, PaySheet, PayWindowOver } from './order.refusals.js';
import { OrdersService } from './orders.service.js';
import { PlacingService } from './placing/placing.service.js';
import { QuotesService } from './placing/quotes.service.js';

/** What a buyer does with a checkout: buy alone, pay, ask whether the money arrived, change one's mind. */
@Injectable()
export class CheckoutsService {
  constructor(
    private readonly source: DataSource,
    private readonly idempotency: Idempotency,
    private readonly businessTime: BusinessTime,
    private readonly quotes: QuotesService,
    private readonly identity: IdentityService,
    private readonly payments: PaymentsService,
    private readonly channel: ChannelService,
    private readonly placing: PlacingService,
    private readonly orders: OrdersService,
  ) {}

  /**
   * Places a checkout at single prices and holds its stock while the buyer pays.
   *
   * @throws RequestError NOT_FOUND if it goes to an address that is none of the buyer's own; Refused with NotOnSale, OverOrderLimit, NotDelivered,
   *   PriceChanged, OverBuyerLimit or SoldOut, in this order
   */
  place(buyerId: UserId, input: CheckoutPlaceInput): Promise<Checkout> {
    return this.idempotency.once(Checkout, { actorId: buyerId, key: input.idempotencyKey, input }, async (db, id) => {
      const placedAt = await this.businessTime.read(db);
      const lines = await this.quotes.linesAlone(db, input.lines, placedAt);
      const { delivery, expectedPayableMinor } = input;
      const wanted = { buyerId, lines, delivery, expectedPayableMinor };
      const placed = await this.placing.place(db, { id, ...wanted, awaitsTeam: false, placedAt });
      await takeUnits(db, buyerId, lines);
      await this.placing.reserve(db, placed);
      await this.orders.acceptFree(db, placed);
      return placed.checkout;
    });
  }

  /**
   * What the phone needs to pay; asking again gives the same payment.
   *
   * @throws Refused with CheckoutAlreadyPaid or PayWindowOver; ChannelError if the channel cannot be reached
   */
  async startPayment(buyerId: UserId, id: CheckoutId): Promise<PaySheet> {
    const db = this.source.manager;
    const checkout = await this.#own(db, buyerId, id);
    if (checkout.status === 'PAID') refuse(new CheckoutAlreadyPaid(checkout));
    const isOver = (await this.businessTime.read(db)) >= checkout.payUntil;
    if (isOver || checkout.status === 'RELEASED') refuse(new PayWindowOver(checkout));
    const signature = await this.channel.start(id, await this.identity.openidOf(db, buyerId));
    return signature ? Object.assign(new PaySheet(), signature) : this.#startNext(buyerId, id);
  }

  /** Asks the channel at once whether it has the money, instead of waiting for its call; gives the checkout as it then stands. */
  async confirmPayment(buyerId: UserId, id: CheckoutId): Promise<Checkout> {
    const db = this.source.manager;
    await this.#own(db, buyerId, id);
    const payment = await this.payments.ofCheckout(db, id);
    const report = payment?.status === 'PENDING' ? await this.channel.ask(payment) : null;
    if (report) await this.orders.capture(report);
    return this.#own(db, buyerId, id);
  }

  /**
   * Gives up an unpaid checkout: the channel closes it, then what it holds is released. If the buyer paid at the same moment, the money decides.
   *
   * @throws Refused with CheckoutAlreadyPaid
   */
  async cancel(buyerId: UserId, id: CheckoutId): Promise<Checkout> {
    const db = this.source.manager;
    const checkout = await this.#own(db, buyerId, id);
    if (checkout.status === 'PAID') refuse(new CheckoutAlreadyPaid(checkout));
    const payment = checkout.status === 'HELD' ? await this.payments.ofCheckout(db, id) : null;
    if (payment) await this.channel.close(payment.id);
    return this.#own(db, buyerId, id);
  }

  /** A buyer's checkouts, newest first; all of them, or those that stand at one status. */
  async checkoutsOf(
    buyerId: UserId,
    status: CheckoutStatus | null | undefined,
    { first, after }: PageArgs,
  ): Promise<Page<Checkout>> {
    const last = decodeIdCursor(after, 'checkout');
    const where: FindOptionsWhere<Checkout> = {
      buyerId,
      ...(status ? { status } : {}),
      ...(last ? { id: LessThan(last) } : {}),
    };
    const rows = await this.source.manager.find(Checkout, { where, order: { id: 'DESC' }, take: first + 1 });
    return pageOf(rows, first, ({ id }) => [id]);
  }

  checkout(buyerId: UserId, id: CheckoutId): Promise<Checkout> {
    return this.#own(this.source.manager, buyerId, id, 'id');
  }

  /** The channel takes nothing more under the newest number, so it is asked what it took: if that was a wrong amount, there is a next number. */
  async #startNext(buyerId: UserId, id: CheckoutId): Promise<PaySheet> {
    const checkout = await this.confirmPayment(buyerId, id);
    if (checkout.status === 'PAID') refuse(new CheckoutAlreadyPaid(checkout));
    const signature = await this.channel.start(id, await this.identity.openidOf(this.source.manager, buyerId));
    return Object.assign(new PaySheet(), signature ?? refuse(new PayWindowOver(checkout)));
  }

  /** Somebody else's checkout is as good as none. */
  async #own(db: EntityManager, buyerId: UserId, id: CheckoutId, path = 'input.checkoutId'): Promise<Checkout> {
    const checkout = await db.findOneBy(Checkout, { id, buyerId });
    if (!checkout) throw notFound(path);
    return checkout;
  }
}
