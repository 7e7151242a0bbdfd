import { Refusal, stateMachine } from '#common';
import type { UserId } from '#identity';
import type { Claim } from './claim.js';
import { TEAM_KINDS } from './kinds/index.js';
import type { Offer } from './offers/offer.entity.js';
import { OfferFrozen, OrderLimitExceeded } from './offers/offer.refusals.js';
import type { Seat, SeatStatus } from './seat.entity.js';
import type { Team, TeamStatus } from './team.entity.js';
import { NotInTeam, SeatAlreadyHeld, TeamAlreadyFormed, TeamClosed, TeamFull } from './team.refusals.js';

export const teamLife = stateMachine<TeamStatus>({
  PENDING: ['FORMING', 'ABORTED'],
  FORMING: ['FORMED', 'FAILED', 'MERGED'],
  FORMED: ['CLOSED'],
  FAILED: [],
  ABORTED: [],
  MERGED: [],
  CLOSED: [],
});

/** RELEASED -> PAID is a late payment that found its seat still free; RELEASED -> REFUNDING is one that did not. */
export const seatLife = stateMachine<SeatStatus>({
  HELD: ['PAID', 'RELEASED'],
  PAID: ['CONFIRMED', 'REFUNDING'],
  CONFIRMED: ['REFUNDED_AFTER'],
  RELEASED: ['PAID', 'REFUNDING'],
  REFUNDING: ['REFUNDED'],
  REFUNDED: [],
  REFUNDED_AFTER: [],
});

/** A seat that nobody else can have. */
export const LIVE: readonly SeatStatus[] = ['HELD', 'PAID', 'CONFIRMED'];

export function isLive({ status }: Pick<Seat, 'status'>): boolean {
  return LIVE.includes(status);
}

/** A team whose opener has not paid, or never did, is nobody else's business. */
export function isVisibleTo(
  { status, openedById }: Pick<Team, 'status' | 'openedById'>,
  viewerId: UserId | null,
): boolean {
  return openedById === viewerId || (status !== 'PENDING' && status !== 'ABORTED');
}

/** What a claim is judged by, all of it read under the team's lock but the offer. */
export interface Room {
  readonly team: Pick<Team, 'kind' | 'status' | 'expiresAt' | 'seatsLive' | 'size' | 'unitsPerOrder'>;
  readonly offer: Pick<Offer, 'frozenAt'>;
  /** The live seats of these buyers in this team. */
  readonly own: ReadonlyMap<UserId, Seat | Claim>;
}

/**
 * Answers each claim for a seat, in order of arrival: the claim if it gets one, or SeatAlreadyHeld, TeamClosed, OfferFrozen, TeamFull,
 * OrderLimitExceeded or what its kind says, whichever helps the buyer most.
 * Earlier claims of the same list count, so a list of one and a list of thousands follow the same rule.
 */
export function decideClaims<C extends Claim>(
  { team, offer, own }: Room,
  claims: readonly C[],
  now: Date,
): (C | Refusal)[] {
  const holders = new Map(own);
  let { seatsLive } = team;
  return claims.map((claim) => {
    if (holders.has(claim.buyerId)) return new SeatAlreadyHeld();
    if (team.status !== 'FORMING' || team.expiresAt === null || now >= team.expiresAt)
      return new TeamClosed(team.status);
    if (offer.frozenAt) return new OfferFrozen();
    if (seatsLive >= team.size) return new TeamFull(team.size);
    if (claim.quantity > team.unitsPerOrder) return new OrderLimitExceeded(team.unitsPerOrder);
    const stranger = TEAM_KINDS[team.kind].mayJoin(claim);
    if (stranger) return stranger;
    seatsLive += 1;
    holders.set(claim.buyerId, claim);
    return claim;
  });
}

/**
 * Where a team stands at `now`: filled wins over expired, and a live hold may still finish, so a last-second payment is never thrown away.
 * One that everybody has left is over at once.
 */
export function teamStatusAt(
  team: Pick<Team, 'kind' | 'status' | 'seatsPaid' | 'seatsLive' | 'size' | 'expiresAt'>,
  now: Date,
): TeamStatus {
  const { status, seatsPaid, seatsLive, expiresAt } = team;
  if (status === 'PENDING') return seatsLive === 0 ? 'ABORTED' : seatsPaid > 0 ? 'FORMING' : 'PENDING';
  if (status !== 'FORMING') return status;
  const kind = TEAM_KINDS[team.kind];
  if (kind.isFormed(team)) return 'FORMED';
  if (seatsLive === 0) return 'FAILED';
  const isOver = expiresAt !== null && now >= expiresAt && seatsLive === seatsPaid;
  return isOver ? kind.atClose(team) : 'FORMING';
}

/** A payment that came when its hold was over: its seat is given back if that takes nothing from anybody else. */
export type LateVerdict = 'SEAT_STILL_HELD' | 'SEAT_AGAIN' | 'REFUND';

export function lateVerdict(room: Room, seat: Pick<Seat, 'status' | 'buyerId' | 'quantity'>, now: Date): LateVerdict {
  if (seat.status === 'HELD') return 'SEAT_STILL_HELD';
  const [answer] = decideClaims(room, [seat], now);
  return answer instanceof Refusal ? 'REFUND' : 'SEAT_AGAIN';
}

/** Whether a buyer may still leave, which is before the team forms; null if so. A seat that is only held is given up as well. */
export function mayLeave({ status }: Pick<Team, 'status'>, seat: Pick<Seat, 'status'>): Refusal | null {
  if (seat.status === 'CONFIRMED') return new TeamAlreadyFormed();
  const isIn = isLive(seat) && (status === 'FORMING' || status === 'PENDING');
  return isIn ? null : new NotInTeam(seat.status);
}

/** Who takes a team over when its opener leaves: whoever of the others paid first; null if nobody has. */
export function heirOf(
  seats: readonly Pick<Seat, 'id' | 'buyerId' | 'status' | 'paidAt'>[],
  leaverId: UserId,
): UserId | null {
  const paid = seats.filter(({ buyerId, status }) => status === 'PAID' && buyerId !== leaverId);
  const first = paid.sort((a, b) => paidBefore(a, b))[0];
  return first?.buyerId ?? null;
}

/** Payments of the same millisecond are told apart by the seats' order. */
function paidBefore(a: Pick<Seat, 'id' | 'paidAt'>, b: Pick<Seat, 'id' | 'paidAt'>): number {
  return (a.paidAt?.getTime() ?? 0) - (b.paidAt?.getTime() ?? 0) || (a.id < b.id ? -1 : 1);
}
