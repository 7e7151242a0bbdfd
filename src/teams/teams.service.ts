import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { BusinessTime, idBytes, move, moveAll, Refused, secondsAfter, Transactor } from '#common';
import { type JobClaim, Jobs, sweep, SWEEP_PAGE } from '#jobs';
import { type CheckoutId, type OrderId, OrdersService, RefundingService } from '#orders';
import { giveUnitsBack, lockUnits, takeUnits } from './buyer-limit.js';
import { Offer } from './offer.entity.js';
import { Seat, type SeatId } from './seat.entity.js';
import { liveSeats } from './seating.service.js';
import { Team, type TeamId } from './team.entity.js';
import { refundSeat, teamFormed } from './team.jobs.js';
import { lateVerdict, seatLife, teamLife, teamStatusAt } from './team.rules.js';

const LOCK = { mode: 'pessimistic_write' } as const;

interface LockedSeat {
  readonly team: Team;
  readonly seat: Seat;
}

/** What becomes of teams and seats: paid, formed, released, failed, refunded. Every decision holds the team's lock. */
@Injectable()
export class TeamsService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly jobs: Jobs,
    private readonly orders: OrdersService,
    private readonly refunding: RefundingService,
  ) {}

  /** Counts a seat as paid. The payment that fills the team forms it, in the same transaction. */
  async paySeat(orderId: OrderId, claim: JobClaim): Promise<void> {
    await this.transactor.run(async (db) => {
      await claim.close(db);
      const { team, seat } = await this.#lock(db, orderId);
      await this.#pay(db, team, seat);
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
      const { team, seat } = await this.#lockWithUnits(db, released);
      // Not cancelled: it was paid although the channel had closed it, and that payment decides about the seat.
      if (seat.status !== 'HELD' || !(await this.orders.cancelForTeam(db, seat.orderId))) return;
      await move(db, Seat, seatLife, seat, 'RELEASED');
      await this.#advance(db, team, { seatsLive: team.seatsLive - 1 });
      await giveUnitsBack(db, seat);
    });
  }

  /** Ends every team that did not fill in time, and that nobody is paying for any more. */
  async expire(): Promise<void> {
    const now = await this.businessTime.read(this.source.manager);
    await sweep<Team>(
      (after) => this.#overdue(now, after),
      (team) => this.advance(team.id),
    );
  }

  /** Moves a team to where it stands now. */
  async advance(id: TeamId): Promise<void> {
    await this.transactor.run(async (db) => {
      const team = await db.findOneOrFail(Team, { where: { id }, lock: LOCK });
      await this.#advance(db, team, {});
    });
  }

  /** Gives one member of a failed team the money back. */
  async refundSeat(id: SeatId, claim: JobClaim): Promise<void> {
    await this.transactor.run(async (db) => {
      await claim.close(db);
      const { team, seat } = await this.#lockWithUnits(db, await db.findOneByOrFail(Seat, { id }));
      assert(team.status === 'FAILED', `${team.id} has not failed`);
      if (seat.status !== 'PAID') return;
      await move(db, Seat, seatLife, seat, 'REFUNDING');
      await giveUnitsBack(db, seat);
      await this.refunding.refund(db, seat.orderId, 'TEAM_FAILED', { isStockHeld: true });
    });
  }

  /** Notes that a seat's money is back. */
  async bookRefund(orderId: OrderId, claim: JobClaim): Promise<void> {
    await this.transactor.run(async (db) => {
      await claim.close(db);
      const seat = await db.findOne(Seat, { where: { orderId }, lock: LOCK });
      if (!seat) return; // Bought alone.
      await move(db, Seat, seatLife, seat, seat.status === 'CONFIRMED' ? 'REFUNDED_AFTER' : 'REFUNDED');
    });
  }

  async #decideLate(orderId: OrderId, claim: JobClaim, { mayReseat }: { readonly mayReseat: boolean }): Promise<void> {
    await this.transactor.run(async (db) => {
      await claim.close(db);
      const { team, seat } = await this.#lockWithUnits(db, await db.findOneByOrFail(Seat, { orderId }));
      const own = await liveSeats(db, team.id, [seat.buyerId]);
      const verdict = lateVerdict(team, seat, own, await this.businessTime.read(db));
      if (verdict === 'SEAT_STILL_HELD') {
        await this.orders.keepLate(db, orderId, { isStockHeld: true });
        await this.#pay(db, team, seat);
      } else if (verdict === 'SEAT_AGAIN' && mayReseat && (await this.#withinLimit(db, seat))) {
        await this.orders.keepLate(db, orderId, { isStockHeld: false });
        team.seatsLive += 1;
        await this.#pay(db, team, seat);
      } else {
        await move(db, Seat, seatLife, seat, 'REFUNDING');
        await this.refunding.refund(db, orderId, 'LATE', { isStockHeld: false });
      }
    });
  }

  async #withinLimit(db: EntityManager, seat: Seat): Promise<boolean> {
    return takeUnits(db, await db.findOneByOrFail(Offer, { id: seat.offerId }), seat);
  }

  /** The team, then the seat: in this order everywhere. */
  async #lock(db: EntityManager, orderId: OrderId): Promise<LockedSeat> {
    const team = await db
      .createQueryBuilder(Team, 'team')
      .where('team.id = (SELECT team_id FROM seat WHERE order_id = :orderId)', { orderId: idBytes(orderId) })
      .setLock('pessimistic_write')
      .getOneOrFail();
    const seat = await db.findOneOrFail(Seat, { where: { orderId }, lock: LOCK });
    return { team, seat };
  }

  /** As `#lock`, with the buyer's limit row before both, for what may give units back or take them again. */
  async #lockWithUnits(db: EntityManager, seat: Seat): Promise<LockedSeat> {
    await lockUnits(db, seat);
    return this.#lock(db, seat.orderId);
  }

  async #pay(db: EntityManager, team: Team, seat: Seat): Promise<void> {
    await move(db, Seat, seatLife, seat, 'PAID');
    await this.#advance(db, team, { seatsLive: team.seatsLive, seatsPaid: team.seatsPaid + 1 });
  }

  /** Writes new counts, and moves the team to where they put it; whoever is affected hears of it. */
  async #advance(db: EntityManager, team: Team, counts: Partial<Pick<Team, 'seatsLive' | 'seatsPaid'>>): Promise<void> {
    const now = await this.businessTime.read(db);
    Object.assign(team, counts);
    const next = teamStatusAt(team, now);
    if (next !== team.status) {
      const expiresAt = next === 'FORMING' ? secondsAfter(now, team.ttlSeconds) : team.expiresAt;
      await move(db, Team, teamLife, team, next, { ...counts, expiresAt });
      if (next === 'FORMED') await this.#confirm(db, team);
      if (next === 'FAILED') await this.#refundAll(db, team);
    } else if (Object.keys(counts).length > 0) {
      await db.update(Team, { id: team.id }, counts);
    }
  }

  async #confirm(db: EntityManager, team: Team): Promise<void> {
    const seats = await db.find(Seat, { where: { teamId: team.id, status: 'PAID' }, order: { id: 'ASC' }, lock: LOCK });
    assert(seats.length === team.size, `${team.id} is formed with ${seats.length} of ${team.size} paid seats`);
    await moveAll(db, Seat, seatLife, seats, 'CONFIRMED');
    await this.jobs.publish(db, teamFormed, { teamId: team.id });
    await this.orders.fulfil(
      db,
      seats.map(({ orderId }) => orderId),
    );
  }

  async #refundAll(db: EntityManager, team: Team): Promise<void> {
    const seats = await db.findBy(Seat, { teamId: team.id, status: 'PAID' });
    await this.jobs.enqueue(
      db,
      refundSeat,
      seats.map(({ id }) => ({ seatId: id })),
    );
  }

  /** Those with a live hold are left alone: it may still finish. */
  #overdue(now: Date, after: Team | null): Promise<Team[]> {
    const query = this.source.manager
      .createQueryBuilder(Team, 'team')
      .where({ status: 'FORMING' })
      .andWhere('team.expiresAt <= :now AND team.seatsLive = team.seatsPaid', { now })
      .orderBy('team.expiresAt')
      .addOrderBy('team.id')
      .take(SWEEP_PAGE);
    if (after) query.andWhere('(team.expiresAt, team.id) > (:at, :id)', { at: after.expiresAt, id: idBytes(after.id) });
    return query.getMany();
  }
}
