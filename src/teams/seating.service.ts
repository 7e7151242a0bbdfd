import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { CatalogService, type ReturnRule, ruleOfPurchase } from '#catalog';
import { BusinessTime, Idempotency, newId, orRefuse, refuse } from '#common';
import type { UserId } from '#identity';
import { type DeliveryInput, OrdersService, PlacingService } from '#orders';
import { takeUnits } from './buyer-limit.js';
import { TEAM_KINDS } from './kinds/index.js';
import { mayOpen } from './offers/offer.rules.js';
import { choose, offerOnSale, type ShelfItem, shelfOfTeam } from './offers/offer-shelf.js';
import { Seat, type SeatId } from './seat.entity.js';
import { Team, type TeamId } from './team.entity.js';
import type { TeamJoinInput, TeamOpenInput } from './team.inputs.js';
import { BuyerLimitReached } from './offers/offer.refusals.js';
import type { Claim } from './claim.js';
import { decideClaims, LIVE } from './team.rules.js';

interface NewSeat extends Claim {
  readonly id: SeatId;
  readonly delivery: DeliveryInput;
  /** Which exception from the right to send goods back the buyer has confirmed; none if it is missing. */
  readonly confirmedReturnRule?: ReturnRule | null;
  readonly heldAt: Date;
}

/** How buyers get seats: opening a team, joining one. */
@Injectable()
export class SeatingService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly businessTime: BusinessTime,
    private readonly catalog: CatalogService,
    private readonly placing: PlacingService,
    private readonly orders: OrdersService,
  ) {}

  /**
   * Opens a team on the offer's terms of today, and holds its first seat with an unpaid order at the team price. Others see the team once it is paid.
   *
   * @throws Refused with OfferNotOpen, OfferFrozen, OrderLimitExceeded, BuyerLimitReached, NotOnSale, NotDelivered or SoldOut
   */
  open(buyerId: UserId, input: TeamOpenInput): Promise<Seat> {
    return this.idempotency.once(Seat, { actorId: buyerId, key: input.idempotencyKey, input }, async (db, id) => {
      const { quantity, delivery, confirmedReturnRule } = input;
      const { offer, items } = await offerOnSale(db, input.offerId);
      const item = choose(items, input.skuId);
      const openedAt = await this.businessTime.read(db);
      orRefuse(mayOpen(offer, input, openedAt));
      const isWithinLimit = await takeUnits(db, offer, { offerId: offer.id, buyerId, quantity });
      if (!isWithinLimit) refuse(new BuyerLimitReached(offer.unitsPerBuyer));

      const { kind, revision, size, ttlSeconds, unitsPerOrder, unitsPerBuyer } = offer;
      const team = db.create(Team, {
        ...{ kind, revision, size, ttlSeconds, unitsPerOrder, unitsPerBuyer, openedAt },
        id: newId('team'),
        offerId: offer.id,
        openedById: buyerId,
        status: 'PENDING',
        seatsLive: 1,
        seatsPaid: 0,
      });
      await db.insert(Team, team);
      return this.#hold(db, team, item, { id, buyerId, quantity, delivery, confirmedReturnRule, heldAt: openedAt });
    });
  }

  /**
   * Takes a seat in a forming team and places the buyer's unpaid order at the team price.
   * The team row is locked before its seats are looked at, and stock is taken last, so two buyers never share the last seat and hot stock is held briefly.
   *
   * @throws Refused with SeatAlreadyHeld, TeamClosed, OfferFrozen, TeamFull, OrderLimitExceeded, BuyerLimitReached, NotOnSale, NotDelivered or SoldOut
   */
  join(buyerId: UserId, input: TeamJoinInput): Promise<Seat> {
    return this.idempotency.once(Seat, { actorId: buyerId, key: input.idempotencyKey, input }, async (db, id) => {
      const { quantity, delivery, confirmedReturnRule } = input;
      const shelf = await shelfOfTeam(db, input.teamId);
      const item = choose(shelf.items, input.skuId);
      const isWithinLimit = await takeUnits(db, shelf, { offerId: shelf.offerId, buyerId, quantity });
      const team = await db.findOneOrFail(Team, { where: { id: input.teamId }, lock: { mode: 'pessimistic_write' } });
      const own = await liveSeats(db, team.id, [buyerId]);
      const heldAt = await this.businessTime.read(db);
      const [answer] = decideClaims({ team, offer: shelf, own }, [{ id, buyerId, quantity, heldAt }], heldAt);
      assert(answer, 'every claim is answered');
      const seat = orRefuse(answer);
      if (!isWithinLimit) refuse(new BuyerLimitReached(shelf.unitsPerBuyer));

      await db.update(Team, { id: team.id }, { seatsLive: team.seatsLive + 1 });
      return this.#hold(db, team, item, { ...seat, delivery, confirmedReturnRule });
    });
  }

  async #hold(db: EntityManager, team: Team, item: ShelfItem, wanted: NewSeat): Promise<Seat> {
    const { heldAt, delivery, confirmedReturnRule = null, ...claim } = wanted;
    const { buyerId, quantity } = claim;
    const articles = await this.catalog.articles(db, [item.skuId], heldAt);
    const unitPriceMinor = TEAM_KINDS[team.kind].priceOf(item, claim);
    const lines = articles.map((article) => {
      const returnRule = ruleOfPurchase(article.product.returnRule, confirmedReturnRule);
      return { article, quantity, unitPriceMinor, allotmentId: item.allotmentId, returnRule };
    });
    const placed = await this.placing.place(db, { buyerId, lines, awaitsTeam: true, delivery, placedAt: heldAt });
    const [order] = placed.orders;
    assert(order, 'one article is one order');
    const seat = db.create(Seat, {
      ...claim,
      teamId: team.id,
      offerId: team.offerId,
      orderId: order.id,
      status: 'HELD',
      heldUntil: placed.checkout.payUntil,
      paidAt: null,
    });
    await db.insert(Seat, seat);
    await this.placing.reserve(db, placed);
    await this.orders.acceptFree(db, placed);
    return seat;
  }
}

/** The live seats of some buyers in a team, by buyer. */
export async function liveSeats(
  db: EntityManager,
  teamId: TeamId,
  buyerIds: readonly UserId[],
): Promise<ReadonlyMap<UserId, Seat>> {
  const seats = await db.findBy(Seat, { teamId, buyerId: In(buyerIds), status: In(LIVE) });
  return new Map(seats.map((seat) => [seat.buyerId, seat]));
}
