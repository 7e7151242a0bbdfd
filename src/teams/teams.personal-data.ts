import { Injectable } from '@nestjs/common';
import { type EntityManager, In, MoreThan } from 'typeorm';
import {
  type Holding,
  idBytes,
  idFromBytes,
  type Id,
  type OpenMatter,
  pagesOf,
  type PersonalRecord,
  PERSONAL_PAGE,
  PersonalData,
} from '#common';
import type { UserId } from '#identity';
import { Seat } from './seat.entity.js';
import { Team } from './team.entity.js';

const FORMING_TEAMS = `
  SELECT COUNT(*) AS count FROM seat JOIN team ON team.id = seat.team_id
  WHERE seat.buyer_id = ? AND seat.live AND team.status IN ('PENDING', 'FORMING')`;

/** In which teams a person is or was. */
@Injectable()
export class TeamsPersonalData extends PersonalData {
  override readonly holdings: readonly Holding[] = [
    {
      category: 'TEAMS',
      what: {
        zh: '您开的团、参的团，以及每个活动购买的数量。',
        en: 'Teams that you have opened or joined, and how much you have by each offer.',
      },
      columns: ['seat.buyer_id', 'team.opened_by_id', 'offer_buyer.buyer_id'],
      purpose: 'ORDERS',
      basis: 'CONTRACT',
      kept: {
        zh: '随订单保存；注销账号后其他人只看到“微信用户”。',
        en: 'As long as the orders; once you erase your account others see “WeChat user”.',
      },
      correctedBy: null,
      countSql: 'SELECT COUNT(*) FROM seat WHERE buyer_id = ?',
    },
  ];

  override async *records(db: EntityManager, buyerId: UserId): AsyncGenerator<PersonalRecord> {
    const seats = pagesOf<Seat>((after) =>
      db.find(Seat, {
        where: { buyerId, ...(after && { id: MoreThan(after.id) }) },
        order: { id: 'ASC' },
        take: PERSONAL_PAGE,
      }),
    );
    for await (const page of seats) yield* seatRecords(db, buyerId, page);
  }

  /** A seat says who bought by an id alone, which leads to nobody once the person's own row is empty; the team's books need it. */
  override eraseSome(): Promise<null> {
    return Promise.resolve(null);
  }

  override async openMatters(db: EntityManager, buyerId: UserId): Promise<readonly OpenMatter[]> {
    const [forming] = await db.query<[{ count: number | string }]>(FORMING_TEAMS, [idBytes(buyerId)]);
    const count = Number(forming.count);
    return count > 0 ? [{ kind: 'FORMING_TEAM', count }] : [];
  }
}

/** Seats with what else a team and its offer say of their buyer. Whoever a team belongs to has had a seat in it. */
async function* seatRecords(
  db: EntityManager,
  buyerId: UserId,
  seats: readonly Seat[],
): AsyncGenerator<PersonalRecord> {
  const own = await db.find(Team, {
    select: { id: true },
    where: { id: In(seats.map(({ teamId }) => teamId)), openedById: buyerId },
  });
  const opened = new Set(own.map(({ id }) => id));
  const units = await unitsByOffer(db, buyerId, seats);
  for (const { id, teamId, offerId, orderId, status, quantity, paidAt } of seats) {
    const standing = { isOpener: opened.has(teamId), unitsByOffer: units.get(offerId) ?? 0 };
    yield { category: 'TEAMS', data: { id, teamId, offerId, orderId, status, quantity, paidAt, ...standing } };
  }
}

async function unitsByOffer(
  db: EntityManager,
  buyerId: UserId,
  seats: readonly Seat[],
): Promise<ReadonlyMap<Id, number>> {
  if (seats.length === 0) return new Map();
  const offerIds = [...new Set(seats.map(({ offerId }) => offerId))].map((id) => idBytes(id));
  const rows = await db.query<{ offer_id: Buffer; units: number }[]>(
    'SELECT offer_id, units FROM offer_buyer WHERE offer_id IN (?) AND buyer_id = ?',
    [offerIds, idBytes(buyerId)],
  );
  return new Map(rows.map(({ offer_id, units }) => [idFromBytes('offer', offer_id), units]));
}
