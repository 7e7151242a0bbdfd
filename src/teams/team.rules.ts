import { Refusal, stateMachine } from '#common';
import type { UserId } from '#identity';
import type { Offer } from './offer.entity.js';
import type { Seat, SeatStatus } from './seat.entity.js';
import type { Team, TeamStatus } from './team.entity.js';
import { OfferNotOpen, SeatAlreadyHeld, TeamClosed, TeamFull } from './team.refusals.js';

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

const LIVE: ReadonlySet<SeatStatus> = new Set(['HELD', 'PAID', 'CONFIRMED']);

export function isLive({ status }: Pick<Seat, 'status'>): boolean {
  return LIVE.has(status);
}

/** One buyer asking for a seat. */
export interface Claim {
  readonly buyerId: UserId;
}

/**
 * Answers each claim for a seat, in order of arrival: the claim if it gets one, or SeatAlreadyHeld, TeamClosed or TeamFull, whichever helps the buyer most.
 * Earlier claims of the same list count, so a list of one and a list of thousands follow the same rule.
 *
 * @param own the live seats of these buyers in this team
 */
export function decideClaims<C extends Claim>(
  team: Pick<Team, 'status' | 'expiresAt' | 'seatsLive' | 'size'>,
  own: ReadonlyMap<UserId, Seat | Claim>,
  claims: readonly C[],
  now: Date,
): (C | Refusal)[] {
  const holders = new Map(own);
  let { seatsLive } = team;
  return claims.map((claim) => {
    if (holders.has(claim.buyerId)) return new SeatAlreadyHeld();
    if (team.status !== 'FORMING' || team.expiresAt === null || now >= team.expiresAt)
      return new TeamClosed(team.status);
    if (seatsLive >= team.size) return new TeamFull(team.size);
    seatsLive += 1;
    holders.set(claim.buyerId, claim);
    return claim;
  });
}

/** Whether a team can be opened by an offer at `now`. */
export function mayOpen(offer: Pick<Offer, 'startsAt' | 'endsAt'>, now: Date): Refusal | null {
  return now < offer.startsAt || now >= offer.endsAt ? new OfferNotOpen(offer) : null;
}

/** Where a team stands at `now`: filled wins over expired, and a live hold may still finish, so a last-second payment is never thrown away. */
export function teamStatusAt(
  {
    status,
    seatsPaid,
    seatsLive,
    size,
    expiresAt,
  }: Pick<Team, 'status' | 'seatsPaid' | 'seatsLive' | 'size' | 'expiresAt'>,
  now: Date,
): TeamStatus {
  if (status === 'PENDING') return seatsLive === 0 ? 'ABORTED' : seatsPaid > 0 ? 'FORMING' : 'PENDING';
  if (status !== 'FORMING') return status;
  if (seatsPaid >= size) return 'FORMED';
  const isExpired = expiresAt !== null && now >= expiresAt;
  return isExpired && seatsLive === seatsPaid ? 'FAILED' : 'FORMING';
}

/** A payment that came when its hold was over: its seat is given back if that takes nothing from anybody else. */
export type LateVerdict = 'SEAT_STILL_HELD' | 'SEAT_AGAIN' | 'REFUND';

export function lateVerdict(
  team: Pick<Team, 'status' | 'expiresAt' | 'seatsLive' | 'size'>,
  seat: Pick<Seat, 'status' | 'buyerId'>,
  own: ReadonlyMap<UserId, Seat>,
  now: Date,
): LateVerdict {
  if (seat.status === 'HELD') return 'SEAT_STILL_HELD';
  const [answer] = decideClaims(team, own, [{ buyerId: seat.buyerId }], now);
  return answer instanceof Refusal ? 'REFUND' : 'SEAT_AGAIN';
}
