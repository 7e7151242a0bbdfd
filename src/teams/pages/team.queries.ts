import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { type CursorKey, idBytes } from '#common';
import { notBlocked, type UserId } from '#identity';
import { Offer, type OfferId } from '../offers/offer.entity.js';
import { Team, type TeamId } from '../team.entity.js';

/** Where a page of joinable teams ended: paid seats, and the team's id. */
export type JoinableKey = readonly [seatsPaid: number, id: TeamId];

export function joinableKey({ seatsPaid, id }: Team): JoinableKey & CursorKey {
  return [seatsPaid, id];
}

/** For whom a list is made, and when; null is a guest. */
export interface Reader {
  readonly viewerId: UserId | null;
  readonly now: Date;
}

/** Teams of an offer that a buyer could join now, nearest to full first. */
export function joinableTeams(
  db: EntityManager,
  offerId: OfferId,
  reader: Reader,
  limit: number,
  after: JoinableKey | null,
): Promise<Team[]> {
  const query = joinable(db, offerId, reader).limit(limit);
  if (after) query.andWhere('(team.seatsPaid, team.id) < (:paid, :id)', { paid: after[0], id: idBytes(after[1]) });
  return query.getMany();
}

/**
 * For each of some offers, up to `limit` teams that a buyer could join now, nearest to full first. Each offer stops reading its index
 * when it has enough: a window function would read every forming team of a popular one.
 */
export async function joinableTeamsByOffer(
  db: EntityManager,
  offerIds: readonly OfferId[],
  reader: Reader,
  limit: number,
): Promise<Team[]> {
  const parts = offerIds.map((id) =>
    joinable(db, id, reader).select('team.id', 'id').limit(limit).getQueryAndParameters(),
  );
  const ids = await db.query<{ id: Buffer }[]>(
    parts.map(([sql]) => `(${sql})`).join(' UNION ALL '),
    parts.flatMap(([, parameters]) => parameters as unknown[]),
  );
  if (ids.length === 0) return [];
  return nearestToFull(db)
    .where('team.id IN (:...ids)', { ids: ids.map(({ id }) => id) })
    .getMany();
}

/** With a free seat, paid for by somebody already, of an offer that is not frozen; not one's own, nor of somebody whom one does not want to meet. */
function joinable(db: EntityManager, offerId: OfferId, { viewerId, now }: Reader): SelectQueryBuilder<Team> {
  return nearestToFull(db)
    .innerJoin(Offer, 'offer', 'offer.id = team.offerId AND offer.frozenAt IS NULL')
    .where("team.offerId = :offerId AND team.status = 'FORMING'", { offerId: idBytes(offerId) })
    .andWhere('team.seatsPaid > 0 AND team.seatsLive < team.size AND team.expiresAt > :now', { now })
    .andWhere(
      'NOT EXISTS (SELECT 1 FROM seat WHERE seat.team_id = team.id AND seat.buyer_id = :viewerId AND seat.live)',
      { viewerId: viewerId && idBytes(viewerId) },
    )
    .andWhere(notBlocked(':viewerId', 'team.openedById'));
}

function nearestToFull(db: EntityManager): SelectQueryBuilder<Team> {
  return db.createQueryBuilder(Team, 'team').orderBy('team.seatsPaid', 'DESC').addOrderBy('team.id', 'DESC');
}
