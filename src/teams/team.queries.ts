import type { EntityManager } from 'typeorm';
import { type CursorKey, idBytes } from '#common';
import type { OfferId } from './offer.entity.js';
import { Team, type TeamId } from './team.entity.js';

/** Where a page of joinable teams ended: paid seats, and the team's id. */
export type JoinableKey = readonly [seatsPaid: number, id: TeamId];

export function joinableKey({ seatsPaid, id }: Team): JoinableKey & CursorKey {
  return [seatsPaid, id];
}

/** Teams of an offer that a buyer could join now, nearest to full first. */
export async function joinableTeams(
  db: EntityManager,
  offerId: OfferId,
  now: Date,
  limit: number,
  after: JoinableKey | null,
): Promise<Team[]> {
  const query = db
    .createQueryBuilder(Team, 'team')
    .where({ offerId, status: 'FORMING' })
    .andWhere('team.seatsLive < team.size AND team.expiresAt > :now', { now })
    .orderBy('team.seatsPaid', 'DESC')
    .addOrderBy('team.id', 'DESC')
    .take(limit);
  if (after) query.andWhere('(team.seatsPaid, team.id) < (:paid, :id)', { paid: after[0], id: idBytes(after[1]) });
  return query.getMany();
}

/** For each of some offers, up to `limit` teams that a buyer could join now, nearest to full first. */
export async function joinableTeamsByOffer(
  db: EntityManager,
  offerIds: readonly OfferId[],
  now: Date,
  limit: number,
): Promise<Team[]> {
  const ranked = await db.query<{ id: Buffer }[]>(
    `SELECT id FROM (
       SELECT id, ROW_NUMBER() OVER (PARTITION BY offer_id ORDER BY seats_paid DESC, id DESC) AS place
       FROM team WHERE offer_id IN (?) AND status = 'FORMING' AND seats_live < size AND expires_at > ?
     ) AS joinable WHERE place <= ?`,
    [offerIds.map(idBytes), now, limit],
  );
  if (ranked.length === 0) return [];
  return db
    .createQueryBuilder(Team, 'team')
    .where('team.id IN (:...ids)', { ids: ranked.map(({ id }) => id) })
    .orderBy('team.seatsPaid', 'DESC')
    .addOrderBy('team.id', 'DESC')
    .getMany();
}
