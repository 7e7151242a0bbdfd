import { randomUUID } from 'node:crypto';
import { SimulatedBusinessTime, secondsAfter } from '#common';
import { type JobClaim, JobQueue } from '#jobs';
import { Checkout, type CheckoutId, CheckoutsService, type OrderId, Order, OrdersService } from '#orders';
import { Payment, Refund, type RefundId, type TradeReport } from '#payments';
import { type Seat, TeamsService } from '#teams';
import type { RefundReport } from '../../../src/payments/payment.jobs.js';
import { anOffer, type OfferTerms, type OnSale } from '../../support/builders.js';
import { aDelivery } from '../../support/deliveries.js';
import { Shop } from '../../support/shop.js';
import { type Buyer, buyers } from '../../teams/buyer.js';
import { Interleaver } from './interleaver.js';
import { LockWaits } from './lock-waits.js';
import type { Goods } from './portrait.js';

const HOUR_SECONDS = 3_600;

/**
 * A real shop on which encounters are prepared by its own services. The channel speaks by its reports alone, so nothing goes over the network.
 * Business time stands still until an encounter moves it.
 */
export class Ground {
  readonly #startedAt = new Date();
  #leasing: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly shop: Shop,
    readonly interleaver: Interleaver,
    private readonly lockWaits: LockWaits,
  ) {}

  static async open(): Promise<Ground> {
    const shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' } });
    const lockWaits = await LockWaits.open(shop.environment['DATABASE_URL']!);
    const ground = new Ground(shop, new Interleaver(shop.source, lockWaits), lockWaits);
    await ground.offer(); // Brings the supplier of all others, which are added several at once.
    return ground;
  }

  async close(): Promise<void> {
    await this.lockWaits.close();
    await this.shop.close();
  }

  buyers(count: number): Promise<Buyer[]> {
    return buyers(this.shop, count);
  }

  offer(terms: OfferTerms = {}): Promise<OnSale> {
    return anOffer(this.shop, terms);
  }

  /** Buys one of something alone. */
  buy({ id: buyerId }: Buyer, { skuId }: Goods): Promise<Checkout> {
    const lines = [{ skuId, quantity: 1 }];
    return this.shop
      .get(CheckoutsService)
      .place(buyerId, { lines, delivery: aDelivery(), idempotencyKey: randomUUID() });
  }

  /** Opens a team and pays for its first seat. */
  async openPaid(opener: Buyer, { offer }: OnSale): Promise<Seat> {
    const seat = await opener.open(offer.id);
    await this.paySeat(seat);
    return seat;
  }

  /** A seat in a team, paid for and counted. */
  async joinPaid(buyer: Buyer, { teamId }: Seat): Promise<Seat> {
    const seat = await buyer.join(teamId);
    await this.paySeat(seat);
    return seat;
  }

  async paySeat({ orderId }: Seat): Promise<void> {
    await this.capture(await this.checkoutOf(orderId));
    await this.shop.get(TeamsService).paySeat(orderId, await this.lease('TeamsWorker.paySeat', orderId));
  }

  /** A seat that was held and is released, because its buyer gave it up. */
  async joinReleased(buyer: Buyer, { teamId }: Seat): Promise<Seat> {
    const seat = await buyer.join(teamId);
    await buyer.cancel(seat);
    const checkoutId = await this.checkoutOf(seat.orderId);
    await this.shop.get(TeamsService).release(checkoutId, await this.lease('TeamsWorker.release', checkoutId));
    return seat;
  }

  async checkoutOf(orderId: OrderId): Promise<CheckoutId> {
    const { checkoutId } = await this.shop.source.manager.findOneByOrFail(Order, { id: orderId });
    return checkoutId;
  }

  /** Lets the channel report that a checkout was paid in time, and books it. */
  async capture(checkoutId: CheckoutId): Promise<void> {
    await this.shop.get(OrdersService).capture(await this.tradeReport(checkoutId));
  }

  /** What the channel says of a checkout that was paid in time. */
  async tradeReport(checkoutId: CheckoutId): Promise<TradeReport> {
    const payment = await this.shop.source.manager.findOneByOrFail(Payment, { checkoutId });
    const { outTradeNo, amountMinor, currency } = payment;
    return {
      outTradeNo,
      amountMinor,
      currency,
      transactionId: randomUUID(),
      succeededAt: this.#startedAt.toISOString(),
    };
  }

  /** What the channel says of a refund that has arrived. */
  async refundReport(id: RefundId): Promise<RefundReport> {
    const { outRefundNo, amountMinor } = await this.shop.source.manager.findOneByOrFail(Refund, { id });
    return { outRefundNo, amountMinor, channelRefundId: randomUUID(), status: 'SUCCEEDED' };
  }

  /** Leases the newest job of a handler that is about something, as a worker does; one after the other, so that each gets its own. */
  lease(handler: string, about: string): Promise<JobClaim> {
    const leased = this.#leasing.then(() => this.#lease(handler, about));
    this.#leasing = Promise.allSettled([leased]);
    return leased;
  }

  /** Lets a time pass that ends every hold and every team that stands now. */
  async passTime(): Promise<void> {
    await this.#setTime(secondsAfter(this.#startedAt, 100 * HOUR_SECONDS));
  }

  /** Takes the time back to where every encounter begins. */
  async rewind(): Promise<void> {
    await this.#setTime(this.#startedAt);
  }

  async #lease(handler: string, about: string): Promise<JobClaim> {
    const [job] = await this.shop.rows<{ id: string }>(
      "SELECT id FROM job WHERE status = 'READY' AND name LIKE ? AND args LIKE ? ORDER BY id DESC LIMIT 1",
      [`%${handler}`, `%${about}%`],
    );
    if (!job) throw new Error(`no ${handler} is due for ${about}`);
    // The queue gives the oldest first.
    await this.shop.rows("UPDATE job SET run_at = '2001-01-01' WHERE id = ?", [job.id]);
    const [leased] = await this.shop.get(JobQueue).claim(1);
    if (leased?.claim.jobId !== Number(job.id)) throw new Error(`job ${job.id} could not be leased`);
    return leased.claim;
  }

  #setTime(at: Date): Promise<void> {
    return new SimulatedBusinessTime().set(this.shop.source.manager, at);
  }
}

export function goodsOf({ offer, skuId, allotmentId }: OnSale): Goods {
  return { offerId: offer.id, skuId, allotmentId };
}
