import assert from 'node:assert/strict';
import { Refusal, secondsAfter, type StateMachine } from '#common';
import type { UserId } from '#identity';
import { type Seat, seatLife, type Team, teamLife } from '#teams';
import { decideClaims, heirOf, isLive, lateVerdict, mayLeave, teamStatusAt } from '../../../src/teams/team.rules.js';
import { NOON } from './teams.arbitraries.js';

type Member = Pick<Seat, 'id' | 'buyerId' | 'quantity' | 'status' | 'paidAt'>;
type Walked = Omit<Team, 'id' | 'offerId' | 'revision' | 'openedAt'>;

/** What buyers and the clock can do to a team; `seat` counts from the oldest, round and round. */
export type Step =
  | { readonly what: 'join'; readonly buyerId: UserId }
  | { readonly what: 'pay' | 'giveUp' | 'leave'; readonly seat: number }
  | { readonly what: 'wait'; readonly seconds: number };

/** A team as the rules alone move it, in the order in which the services ask them; whatever a life does not allow is an error. */
export class TeamWalk {
  readonly seats: Member[] = [];
  readonly team: Walked;
  now = NOON;

  constructor(openerId: UserId, size: number, ttlSeconds: number) {
    const limits = { unitsPerOrder: 1, unitsPerBuyer: 1 };
    const empty = { status: 'PENDING', seatsLive: 1, seatsPaid: 0, expiresAt: null } as const;
    this.team = { kind: 'PLAIN', openedById: openerId, size, ttlSeconds, ...limits, ...empty };
    this.#seat(openerId);
  }

  take(step: Step): void {
    if (step.what === 'wait') this.now = secondsAfter(this.now, step.seconds);
    else if (step.what === 'join') this.#join(step.buyerId);
    else this.#act(step.what, this.seats[step.seat % this.seats.length]!);
    this.#stand();
  }

  #join(buyerId: UserId): void {
    const own = new Map(this.seats.filter(isLive).map((seat) => [seat.buyerId, seat]));
    const [answer] = decideClaims(
      { team: this.team, offer: { frozenAt: null }, own },
      [{ buyerId, quantity: 1 }],
      this.now,
    );
    if (answer instanceof Refusal) return;
    this.team.seatsLive += 1;
    this.#seat(buyerId);
  }

  #act(what: 'pay' | 'giveUp' | 'leave', seat: Member): void {
    if (what === 'pay' && seat.status === 'HELD') this.#pay(seat);
    else if (what === 'pay' && seat.status === 'RELEASED') this.#payLate(seat);
    else if (what === 'giveUp' && seat.status === 'HELD') this.#release(seat);
    else if (what === 'leave' && seat.status === 'PAID' && mayLeave(this.team, seat) === null) this.#leave(seat);
  }

  #pay(seat: Member): void {
    if (this.team.status === 'FORMING' && this.team.seatsPaid === 0) this.team.openedById = seat.buyerId;
    this.#move(seatLife, seat, 'PAID');
    seat.paidAt = this.now;
    this.team.seatsPaid += 1;
  }

  #payLate(seat: Member): void {
    const own = new Map(this.seats.filter(isLive).map((other) => [other.buyerId, other]));
    const verdict = lateVerdict({ team: this.team, offer: { frozenAt: null }, own }, seat, this.now);
    if (verdict === 'REFUND') {
      this.#move(seatLife, seat, 'REFUNDING');
      return;
    }
    this.team.seatsLive += 1;
    this.#pay(seat);
  }

  #release(seat: Member): void {
    this.#move(seatLife, seat, 'RELEASED');
    this.team.seatsLive -= 1;
  }

  #leave(seat: Member): void {
    this.#move(seatLife, seat, 'REFUNDING');
    this.team.seatsLive -= 1;
    this.team.seatsPaid -= 1;
    if (this.team.openedById === seat.buyerId) this.team.openedById = heirOf(this.seats, seat.buyerId) ?? seat.buyerId;
  }

  #stand(): void {
    const next = teamStatusAt(this.team, this.now);
    if (next === this.team.status) return;
    this.#move(teamLife, this.team, next);
    if (next === 'FORMING') this.team.expiresAt = secondsAfter(this.now, this.team.ttlSeconds);
    if (next !== 'FORMED') return;
    for (const seat of this.seats.filter(({ status }) => status === 'PAID')) this.#move(seatLife, seat, 'CONFIRMED');
  }

  #seat(buyerId: UserId): void {
    this.seats.push({ id: `seat_${100 + this.seats.length}`, buyerId, quantity: 1, status: 'HELD', paidAt: null });
  }

  #move<Status extends string>(life: StateMachine<Status>, row: { status: Status }, to: Status): void {
    assert(life.allows(row.status, to), `nothing goes from ${row.status} to ${to}`);
    row.status = to;
  }
}
