import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { BusinessTime, idBytes, move, moveAll, secondsAfter, Transactor } from '#common';
import { Jobs, sweep, SWEEP_PAGE } from '#jobs';
import { OrdersService } from '#orders';
import { Seat } from './seat.entity.js';
import { Team, type TeamId } from './team.entity.js';
import { refundSeat, teamFailed, teamFormed } from './team.jobs.js';
import { seatLife, teamLife, teamStatusAt } from './team.rules.js';

const LOCK = { mode: 'pessimistic_write' } as const;

/** What a change of seats does to a team's own columns. */
export type TeamChange = Partial<Pick<Team, 'seatsLive' | 'seatsPaid' | 'openedById'>>;

/** How a team comes to its end: formed by its last payment, failed by the clock or because everybody left, closed when all is done. */
@Injectable()
export class FormingService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly jobs: Jobs,
    private readonly orders: OrdersService,
  ) {}

  /** Counts a seat as paid, both rows locked by the caller. The payment that fills the team forms it, in the same transaction. */
  async pay(db: EntityManager, team: Team, seat: Seat): Promise<void> {
    const paidAt = await this.businessTime.read(db);
    await move(db, Seat, seatLife, seat, 'PAID', { paidAt });
    // A forming team whose members have all left but one who was still paying is that one's now.
    const isOrphan = team.status === 'FORMING' && team.seatsPaid === 0;
    const openedById = isOrphan ? seat.buyerId : team.openedById;
    await this.#change(db, team, { seatsLive: team.seatsLive, seatsPaid: team.seatsPaid + 1, openedById }, paidAt);
  }

  /** Writes what changed about a team, whose lock the caller holds, and moves it to where that puts it; whoever is affected hears of it. */
  async change(db: EntityManager, team: Team, change: TeamChange): Promise<void> {
    await this.#change(db, team, change, await this.businessTime.read(db));
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
      await this.change(db, team, {});
    });
  }

  /** Closes a formed team, whose lock the caller holds, once nothing more can come of any of its orders. */
  async closeIfOver(db: EntityManager, team: Team): Promise<void> {
    if (team.status !== 'FORMED') return;
    const seats = await db.findBy(Seat, { teamId: team.id });
    const isOver = await this.orders.areOver(
      db,
      seats.map(({ orderId }) => orderId),
    );
    if (isOver) await move(db, Team, teamLife, team, 'CLOSED');
  }

  async #change(db: EntityManager, team: Team, change: TeamChange, now: Date): Promise<void> {
    Object.assign(team, change);
    const next = teamStatusAt(team, now);
    if (next !== team.status) {
      const expiresAt = next === 'FORMING' ? secondsAfter(now, team.ttlSeconds) : team.expiresAt;
      await move(db, Team, teamLife, team, next, { ...change, expiresAt });
      if (next === 'FORMED') await this.#confirm(db, team, now);
      if (next === 'FAILED') await this.#refundAll(db, team);
    } else if (Object.keys(change).length > 0) {
      await db.update(Team, { id: team.id }, change);
    }
  }

  async #confirm(db: EntityManager, team: Team, formedAt: Date): Promise<void> {
    const seats = await db.find(Seat, { where: { teamId: team.id, status: 'PAID' }, order: { id: 'ASC' }, lock: LOCK });
    assert(seats.length === team.seatsPaid, `${team.id} counts ${team.seatsPaid} paid seats and has ${seats.length}`);
    await moveAll(db, Seat, seatLife, seats, 'CONFIRMED');
    await this.jobs.publish(db, teamFormed, { teamId: team.id });
    await this.orders.fulfil(
      db,
      seats.map(({ orderId }) => orderId),
      formedAt,
    );
  }

  async #refundAll(db: EntityManager, team: Team): Promise<void> {
    const seats = await db.findBy(Seat, { teamId: team.id, status: 'PAID' });
    await this.jobs.enqueue(
      db,
      refundSeat,
      seats.map(({ id }) => ({ seatId: id })),
    );
    await this.jobs.publish(
      db,
      teamFailed,
      seats.map(({ id }) => ({ teamId: team.id, seatId: id })),
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
