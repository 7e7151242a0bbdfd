import { In } from 'typeorm';
import { Refund } from '#payments';
import { Seat, Team, type TeamId } from '#teams';
import type { Shop } from '../support/shop.js';

export interface Standing extends Pick<Team, 'status' | 'openedById' | 'seatsLive' | 'seatsPaid' | 'expiresAt'> {
  /** Of every seat that it ever had, in the order in which they were taken. */
  readonly seats: readonly string[];
}

/** Where a team stands. */
export async function standing(shop: Shop, teamId: TeamId): Promise<Standing> {
  const team = await shop.source.manager.findOneByOrFail(Team, { id: teamId });
  const { status, openedById, seatsLive, seatsPaid, expiresAt } = team;
  const seats = await shop.source.manager.find(Seat, { where: { teamId }, order: { id: 'ASC' } });
  return { status, openedById, seatsLive, seatsPaid, expiresAt, seats: seats.map((seat) => seat.status) };
}

/** A seat as it stands now. */
export function seatNow(shop: Shop, { id }: Pick<Seat, 'id'>): Promise<Seat> {
  return shop.source.manager.findOneByOrFail(Seat, { id });
}

export interface RefundSeen extends Pick<Refund, 'reason' | 'status' | 'amountMinor'> {
  readonly orderId: string | null;
}

/** Every refund of some seats, in the order in which they were promised. */
export async function refundsOf(shop: Shop, seats: readonly Pick<Seat, 'orderId'>[]): Promise<RefundSeen[]> {
  const where = { orderId: In(seats.map(({ orderId }) => orderId)) };
  const refunds = await shop.source.manager.find(Refund, { where, order: { id: 'ASC' } });
  return refunds.map(({ orderId, reason, status, amountMinor }) => ({ orderId, reason, status, amountMinor }));
}

/** How many of some things there are of each sort. */
export function tally(sorts: readonly string[]): Record<string, number> {
  return Object.fromEntries([...new Set(sorts)].map((sort) => [sort, sorts.filter((each) => each === sort).length]));
}
