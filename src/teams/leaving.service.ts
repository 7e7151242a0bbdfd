import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Idempotency, move, notFound, orRefuse, Transactor } from '#common';
import type { UserId } from '#identity';
import { CheckoutsService, Order, RefundingService } from '#orders';
import { giveUnitsBack } from './buyer-limit.js';
import { FormingService } from './forming.service.js';
import { Seat, type SeatId } from './seat.entity.js';
import { lockSeatAndUnits } from './seat-lock.js';
import type { Team } from './team.entity.js';
import type { TeamLeaveInput } from './team.inputs.js';
import { heirOf, isLive, mayLeave, seatLife } from './team.rules.js';

/** How buyers get out of a team before it forms. */
@Injectable()
export class LeavingService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly idempotency: Idempotency,
    private readonly forming: FormingService,
    private readonly checkouts: CheckoutsService,
    private readonly refunding: RefundingService,
  ) {}

  /**
   * Gives up a seat. A paid one gets all its money back; one that is only held is released once the channel has closed its payment,
   * and if it was paid at that very moment, it stays: then it can be left again, with the same key too.
   *
   * @throws Refused with TeamAlreadyFormed, NotInTeam or CheckoutAlreadyPaid
   */
  async leave(buyerId: UserId, input: TeamLeaveInput): Promise<Seat> {
    const attempt = { actorId: buyerId, key: input.idempotencyKey, input, resultId: input.seatId };
    const leave = (db: EntityManager): Promise<Seat> => this.#leave(db, buyerId, input.seatId);
    const seat = await this.idempotency.once(Seat, attempt, leave);
    if (seat.status === 'HELD') return this.#giveUp(buyerId, seat);
    // The key is from when the seat was only held, and it has been paid since.
    return isLive(seat) ? this.transactor.run(leave) : seat;
  }

  /** A seat that is only held stays as it is: the channel has to close its payment first. */
  async #leave(db: EntityManager, buyerId: UserId, id: SeatId): Promise<Seat> {
    const { team, seat } = await lockSeatAndUnits(db, await this.#own(db, buyerId, id));
    orRefuse(mayLeave(team, seat));
    if (seat.status === 'PAID') await this.#leavePaid(db, team, seat);
    return seat;
  }

  async #leavePaid(db: EntityManager, team: Team, seat: Seat): Promise<void> {
    await move(db, Seat, seatLife, seat, 'REFUNDING');
    await giveUnitsBack(db, seat);
    const openedById = team.openedById === seat.buyerId ? await this.#heir(db, team, seat) : team.openedById;
    await this.forming.change(db, team, {
      seatsLive: team.seatsLive - 1,
      seatsPaid: team.seatsPaid - 1,
      openedById,
    });
    await this.refunding.refund(db, seat.orderId, 'LEFT', { isStockHeld: true });
  }

  async #heir(db: EntityManager, team: Team, leaver: Seat): Promise<UserId> {
    const paid = await db.findBy(Seat, { teamId: team.id, status: 'PAID' });
    return heirOf(paid, leaver.buyerId) ?? team.openedById;
  }

  async #giveUp(buyerId: UserId, { id, orderId }: Seat): Promise<Seat> {
    const db = this.source.manager;
    const { checkoutId } = await db.findOneByOrFail(Order, { id: orderId });
    await this.checkouts.cancel(buyerId, checkoutId);
    return db.findOneByOrFail(Seat, { id });
  }

  /** Somebody else's seat is as good as none. */
  async #own(db: EntityManager, buyerId: UserId, id: SeatId): Promise<Seat> {
    const seat = await db.findOneBy(Seat, { id, buyerId });
    if (!seat) throw notFound('input.seatId');
    return seat;
  }
}
