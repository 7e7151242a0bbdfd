import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Currency, defineLoader, type Id, idBytes, idFromBytes, type Texts } from '#common';
import { type ShareSubject, ShareTarget } from '#sharing';
import type { Team, TeamId } from '../team.entity.js';
import { isVisibleTo } from '../team.rules.js';

interface SubjectRow {
  readonly id: Buffer;
  readonly status: Team['status'];
  readonly opened_by_id: Buffer;
  readonly size: number;
  readonly seats_live: number;
  readonly name: string;
  /** The driver gives a BIGINT as text. */
  readonly price_minor: string;
  readonly currency: Currency;
  readonly image_id: Buffer | null;
}

/** Teams as they are shared: by how many are wanted, their product's name and cover, and their lowest price. */
@Injectable()
export class TeamShareTarget extends ShareTarget {
  override readonly type = 'TEAM';
  override readonly idPrefix = 'team';
  override readonly page = 'pages/team/team';

  override describe(db: EntityManager, ids: readonly Id[]): Promise<(ShareSubject | null)[]> {
    return describeTeams(db, ids);
  }
}

/** What a card says of each team; null where there is none that strangers see. */
export const subjectOfTeam = defineLoader((db, ids: readonly TeamId[]) => describeTeams(db, ids));

async function describeTeams(db: EntityManager, ids: readonly Id[]): Promise<(ShareSubject | null)[]> {
  const rows = await db.query<SubjectRow[]>(
    `SELECT team.id, team.status, opened_by_id, team.size, seats_live, product.name, cover.image_id,
       MIN(price_minor) AS price_minor, MIN(currency) AS currency
     FROM team
     JOIN offer ON offer.id = team.offer_id
     JOIN product ON product.id = offer.product_id
     JOIN offer_price ON offer_price.offer_id = team.offer_id AND offer_price.revision = team.revision
     LEFT JOIN product_image AS cover ON cover.product_id = product.id
       AND cover.position = (SELECT MIN(position) FROM product_image WHERE product_id = product.id)
     WHERE team.id IN (?)
     GROUP BY team.id, team.status, opened_by_id, team.size, seats_live, product.name, cover.image_id`,
    [ids.map(idBytes)],
  );
  const byId = new Map(rows.map((row) => [row.id.toString('hex'), row]));
  return ids.map((id) => {
    const row = byId.get(idBytes(id).toString('hex'));
    return row && isVisibleTo({ status: row.status, openedById: idFromBytes('user', row.opened_by_id) }, null)
      ? subjectOf(row)
      : null;
  });
}

function subjectOf(row: SubjectRow): ShareSubject {
  const { name, image_id, price_minor, currency } = row;
  const isOpen = row.status === 'FORMING';
  const seatsLeft = row.size - row.seats_live;
  return {
    title: isOpen && seatsLeft > 0 ? callFor(seatsLeft, name) : name,
    imageId: image_id && idFromBytes('image', image_id),
    ...{ priceMinor: Number(price_minor), currency, isOpen },
  };
}

/** The number stands in front, so that cutting a long name leaves it. */
function callFor(seatsLeft: number, name: string): Texts {
  return { zh: `还差${seatsLeft}人：${name}`, en: `We want ${seatsLeft} more: ${name}` };
}
