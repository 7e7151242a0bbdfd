import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { type CursorKey, idBytes } from '#common';
import type { UserId } from '#identity';
import type { OfferId } from './offer.entity.js';
import { Team, type TeamId } from './team.entity.js';

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

/** Teams with a free seat that somebody has paid for already, of offers that are not frozen; one's own are no choice. */
const JOINABLE = `status = 'FORMING' AND seats_live < size AND seats_paid > 0 AND expires_at > :now
  AND NOT EXISTS (SELECT 1 FROM offer WHERE offer.id = offer_id AND offer.frozen_at IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM seat WHERE seat.team_id = team.id AND seat.buyer_id = :viewerId AND seat.live)`;

/** Teams of an offer that a buyer could join now, nearest to full first. */
export async function joinableTeams(
  db: EntityManager,
  offerId: OfferId,
  reader: Reader,
  limit: number,
  after: JoinableKey | null,
): Promise<Team[]> {
  const query = nearestToFull(db)
    .where('team.offerId = :offerId', { offerId: idBytes(offerId) })
    .andWhere(JOINABLE, parametersOf(reader))
    .take(limit);
  if (after) query.andWhere('(team.seatsPaid, team.id) < (:paid, :id)', { paid: after[0], id: idBytes(after[1]) });
  return query.getMany();
}

/** For each of some offers, up to `limit` teams that a buyer could join now, nearest to full first. */
export async function joinableTeamsByOffer(
  db: EntityManager,
  offerIds: readonly OfferId[],
  reader: Reader,
  limit: number,
): Promise<Team[]> {
  const ranked = await db
    .createQueryBuilder()
    .select('ranked.id', 'id')
    .from(
      (query) =>
        query
          .select('team.id', 'id')
          .addSelect(
            'ROW_NUMBER() OVER (PARTITION BY team.offer_id ORDER BY team.seats_paid DESC, team.id DESC)',
            'place',
          )
          .from(Team, 'team')
          .where('team.offer_id IN (:...offerIds)', { offerIds: offerIds.map(idBytes) })
          .andWhere(JOINABLE, parametersOf(reader)),
      'ranked',
    )
    .where('ranked.place <= :limit', { limit })
    .getRawMany<{ id: Buffer }>();
  if (ranked.length === 0) return [];
  return nearestToFull(db)
    .where('team.id IN (:...ids)', { ids: ranked.map(({ id }) => id) })
    .getMany();
}

function nearestToFull(db: EntityManager): SelectQueryBuilder<Team> {
  return db.createQueryBuilder(Team, 'team').orderBy('team.seatsPaid', 'DESC').addOrderBy('team.id', 'DESC');
}

function parametersOf({ viewerId, now }: Reader): { viewerId: Buffer | null; now: Date } {
  return { viewerId: viewerId && idBytes(viewerId), now };
}
