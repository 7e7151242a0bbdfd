import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BusinessTime, move, Refused, Transactor } from '#common';
import { keepsAccount } from '#identity';
import type { JobClaim } from '#jobs';
import { type CheckoutId, type OrderId, OrdersService, RefundingService } from '#orders';
import { giveUnitsBack, takeUnits } from './buyer-limit.js';
import { FormingService } from './forming.service.js';
import { Offer } from './offers/offer.entity.js';
import { Seat, type SeatId } from './seat.entity.js';
import { lockSeat, lockSeatAndUnits } from './seat-lock.js';
import { liveSeats } from './seating.service.js';
import type { Team } from './team.entity.js';
import { lateVerdict, seatLife } from './team.rules.js';

/** What becomes of seats as money comes and goes: paid, released, paid late, refunded. Every decision holds the team's lock. */
@Injectable()
export class TeamsService {
  constructor(
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly forming: FormingService,
    private readonly orders: OrdersService,
    private readonly refunding: RefundingService,
  ) {}

  /** Counts a seat as paid. The payment that fills the team forms it, in the same transaction. */
  async paySeat(orderId: OrderId, claim: JobClaim): Promise<void> {
    await this.transactor.run(async (db) => {
      await claim.close(db);
      const { team, seat } = await lockSeat(db, orderId);
      await this.forming.pay(db, team, seat);
    });
  }

  /** Decides about an order that was paid when its hold was over: it keeps its seat, gets it back, or its money goes back. */
  async payLate(orderId: OrderId, claim: JobClaim): Promise<void> {
    try {
      await this.#decideLate(orderId, claim, { mayReseat: true });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await this.#decideLate(orderId, claim, { mayReseat: false }); // The seat was free, but its goods are sold out.
    }
  }

  /** Gives up the seat of a checkout that the channel has closed, together with its order. */
  async release(checkoutId: CheckoutId, claim: JobClaim): Promise<void> {
    await this.transactor.run(async (db) => {
      await claim.close(db);
      const [orderId] = await this.orders.idsOf(db, checkoutId);
      const released = orderId && (await db.findOneBy(Seat, { orderId }));
      if (!released) return; // Bought alone: orders sees to it.
      const { team, seat } = await lockSeatAndUnits(db, released);
      // Not cancelled: it was paid although the channel had closed it, and that payment decides about the seat.
      if (seat.status !== 'HELD' || !(await this.orders.cancelForTeam(db, seat.orderId))) return;
      await move(db, Seat, seatLife, seat, 'RELEASED');
      await this.forming.change(db, team, { seatsLive: team.seatsLive - 1 });
      await giveUnitsBack(db, seat);
    });
  }

  /** Gives one member of a failed team the money back. */
  async refundSeat(id: SeatId, claim: JobClaim): Promise<void> {
    await this.transactor.run(async (db) => {
      await claim.close(db);
      const { team, seat } = await lockSeatAndUnits(db, await db.findOneByOrFail(Seat, { id }));
      assert(team.status === 'FAILED', `${team.id} has not failed`);
      if (seat.status !== 'PAID') return;
      await move(db, Seat, seatLife, seat, 'REFUNDING');
      await giveUnitsBack(db, seat);
      await this.refunding.refund(db, seat.orderId, 'TEAM_FAILED', { isStockHeld: true });
    });
  }

  /** Notes that a seat's money is back; a formed team of which nothing is left is closed. */
  async bookRefund(orderId: OrderId, claim: JobClaim): Promise<void> {
    await this.transactor.run(async (db) => {
      await claim.close(db);
      if (!(await db.existsBy(Seat, { orderId }))) return; // Bought alone.
      const { team, seat } = await lockSeat(db, orderId);
      await move(db, Seat, seatLife, seat, seat.status === 'CONFIRMED' ? 'REFUNDED_AFTER' : 'REFUNDED');
      await this.forming.closeIfOver(db, team);
    });
  }

  /** Closes the team of an order that is completed, if it was the last one of which something could come. */
  async closeOf(orderId: OrderId, claim: JobClaim): Promise<void> {
    await this.transactor.run(async (db) => {
      await claim.close(db);
      if (!(await db.existsBy(Seat, { orderId }))) return; // Bought alone.
      const { team } = await lockSeat(db, orderId);
      await this.forming.closeIfOver(db, team);
    });
  }

  async #decideLate(orderId: OrderId, claim: JobClaim, { mayReseat }: { readonly mayReseat: boolean }): Promise<void> {
    await this.transactor.run(async (db) => {
      await claim.close(db);
      const { team, seat } = await lockSeatAndUnits(db, await db.findOneByOrFail(Seat, { orderId }));
      const own = await liveSeats(db, team.id, [seat.buyerId]);
      const offer = await db.findOneByOrFail(Offer, { id: team.offerId });
      const verdict = lateVerdict({ team, offer, own }, seat, await this.businessTime.read(db));
      if (verdict === 'SEAT_STILL_HELD') {
        await this.orders.keepLate(db, orderId, { isStockHeld: true });
        await this.forming.pay(db, team, seat);
      } else if (verdict === 'SEAT_AGAIN' && mayReseat && (await this.#takesSeatAgain(db, team, seat))) {
        await this.orders.keepLate(db, orderId, { isStockHeld: false });
        team.seatsLive += 1;
        await this.forming.pay(db, team, seat);
      } else {
        await this.#refundLate(db, seat);
      }
    });
  }

  /** Somebody who has erased the account gets the money back instead. */
  async #takesSeatAgain(db: EntityManager, team: Team, seat: Seat): Promise<boolean> {
    return (await keepsAccount(db, seat.buyerId)) && (await takeUnits(db, team, seat));
  }

  async #refundLate(db: EntityManager, seat: Seat): Promise<void> {
    await move(db, Seat, seatLife, seat, 'REFUNDING');
    await this.refunding.refund(db, seat.orderId, 'LATE', { isStockHeld: false });
  }
}
