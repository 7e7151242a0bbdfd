import { randomUUID } from 'node:crypto';
import { Refused } from '#common';
import type { UserId } from '#identity';
import { type CheckoutId, CheckoutsService, Order } from '#orders';
import { LeavingService, type OfferId, type Seat, type SeatId, SeatingService, type TeamId } from '#teams';
import { aDelivery } from '../support/deliveries.js';
import type { PayOptions } from '../support/phone.js';
import type { Shop } from '../support/shop.js';
import { settle } from '../support/sound.js';
import { tally } from './rows.js';

/** Somebody who buys by way of the services: the same decisions as by phone, cheap enough for a hundred at once. */
export class Buyer {
  constructor(
    private readonly shop: Shop,
    readonly id: UserId,
  ) {}

  open(offerId: OfferId, quantity = 1, idempotencyKey: string = randomUUID()): Promise<Seat> {
    return this.shop.get(SeatingService).open(this.id, { offerId, quantity, delivery: aDelivery(), idempotencyKey });
  }

  join(teamId: TeamId, quantity = 1, idempotencyKey: string = randomUUID()): Promise<Seat> {
    return this.shop.get(SeatingService).join(this.id, { teamId, quantity, delivery: aDelivery(), idempotencyKey });
  }

  leave(seatId: SeatId, idempotencyKey: string = randomUUID()): Promise<Seat> {
    return this.shop.get(LeavingService).leave(this.id, { seatId, idempotencyKey });
  }

  /** Starts the payment of a seat, and gives what the phone would pay with. */
  async prepay(seat: Seat): Promise<string> {
    const sheet = await this.shop.get(CheckoutsService).startPayment(this.id, await this.#checkoutOf(seat));
    return sheet.package.replace('prepay_id=', '');
  }

  /** Pays in WeChat. */
  async payPrepaid(prepayId: string, options: PayOptions = {}): Promise<void> {
    await this.shop.emulate('/emulator/payments', { prepay_id: prepayId, ...options });
  }

  /** Asks for the result of a payment, as a phone does when the pay sheet closes: what is paid is booked, and what follows is due. */
  async confirm(seat: Seat): Promise<void> {
    await this.shop.get(CheckoutsService).confirmPayment(this.id, await this.#checkoutOf(seat));
  }

  /** Pays for a seat from beginning to end; the team hears of it when work is done. */
  async pay(seat: Seat): Promise<void> {
    await this.payPrepaid(await this.prepay(seat), { notify: { lose: true } });
    await this.confirm(seat);
  }

  /** Gives up what is not paid yet: the channel closes it, and what it holds is released when work is done. */
  async cancel(seat: Seat): Promise<void> {
    await this.shop.get(CheckoutsService).cancel(this.id, await this.#checkoutOf(seat));
  }

  async #checkoutOf({ orderId }: Seat): Promise<CheckoutId> {
    const { checkoutId } = await this.shop.source.manager.findOneByOrFail(Order, { id: orderId });
    return checkoutId;
  }
}

export async function buyers(shop: Shop, count: number): Promise<Buyer[]> {
  return (await shop.people(count)).map((id) => new Buyer(shop, id));
}

export interface PaidTeam {
  readonly teamId: TeamId;
  /** One for each member, the opener's first. */
  readonly seats: readonly Seat[];
  readonly members: readonly Buyer[];
}

/** A team of an offer that so many buyers have paid for, and that has heard of it. Made one at a time: work that another has claimed is not waited for. */
export async function paidTeam(shop: Shop, offerId: OfferId, paid: number): Promise<PaidTeam> {
  const [opener, ...others] = (await buyers(shop, paid)) as [Buyer, ...Buyer[]];
  const opened = await opener.open(offerId);
  await opener.pay(opened);
  await settle(shop);
  const joined = await forEachOf(others, async (other) => {
    const seat = await other.join(opened.teamId);
    await other.pay(seat);
    return seat;
  });
  await settle(shop);
  return { teamId: opened.teamId, seats: [opened, ...joined], members: [opener, ...others] };
}

/** A team that others can join, and buyers who have no seat in it yet. */
export interface OpenTeam {
  readonly opener: Buyer;
  readonly others: readonly Buyer[];
  readonly opened: Seat;
}

/** Teams that others can join, each with buyers of its own. */
export async function openTeams(shop: Shop, offerId: OfferId, count: number, othersEach: number): Promise<OpenTeam[]> {
  const rounds = await forEachOf(Array.from({ length: count }), async (): Promise<OpenTeam> => {
    const [opener, ...others] = await buyers(shop, 1 + othersEach);
    const opened = await opener!.open(offerId);
    await opener!.pay(opened);
    return { opener: opener!, others, opened };
  });
  await settle(shop);
  return rounds;
}

/** How each of many attempts ended: the type of the answer. */
export async function outcomes(attempts: readonly Promise<object>[]): Promise<Record<string, number>> {
  const settled = await Promise.allSettled(attempts);
  const names = settled.map((each) => {
    if (each.status === 'fulfilled') return each.value.constructor.name;
    if (each.reason instanceof Refused) return each.reason.refusal.constructor.name;
    throw each.reason as Error;
  });
  return tally(names);
}

const AT_ONCE = 8;

/** Does the same for each of many, a few at a time, and gives the results in their order. */
export async function forEachOf<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    const some = items.slice(start, start + AT_ONCE);
    results.push(...(await Promise.all(some.map((item, index) => work(item, start + index)))));
  }
  return results;
}
