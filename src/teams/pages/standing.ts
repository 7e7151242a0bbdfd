import type { EntityManager } from 'typeorm';
import type { SkuId } from '#catalog';
import { idBytes, idFromBytes } from '#common';
import type { UserId } from '#identity';
import type { OfferId } from '../offers/offer.entity.js';
import type { SeatStatus } from '../seat.entity.js';
import type { TeamId } from '../team.entity.js';

/** Whether somebody could buy by an offer now, the team aside. Read without locks, so it is what a page shows, not a promise. */
export interface StandingByOffer {
  /** How many units the viewer has by the offer; 0 for a guest. */
  readonly units: number;
  /** The SKU of which most is left, and how much that is. */
  readonly skuId: SkuId;
  readonly unitsLeft: number;
  readonly isOnSale: boolean;
}

export interface StandingInTeam extends StandingByOffer {
  readonly frozenAt: Date | null;
  /** The viewer's live seat in the team, if there is one. */
  readonly seatStatus: SeatStatus | null;
}

interface StandingRow {
  readonly id: Buffer;
  readonly units: number | null;
  readonly sku_id: Buffer;
  readonly units_left: number;
  readonly product_status: string;
  readonly is_retired: number;
  readonly frozen_at: Date | null;
  readonly seat_status: SeatStatus | null;
}

const COLUMNS = `terms.id, offer_buyer.units, supply.sku_id, supply.units_left, product.status AS product_status, supply.is_retired,
  offer.frozen_at`;

/** Of the SKUs that are sold under the terms, those of an offer or of a team, the one that is best in stock stands for all. */
function supplied(offerIds: string): string {
  return `
    JOIN product ON product.id = offer.product_id
    JOIN (
      SELECT offer_id, revision, offer_price.sku_id, is_retired, LEAST(on_hand, units_max - units_taken) AS units_left,
        ROW_NUMBER() OVER (
          PARTITION BY offer_id, revision
          ORDER BY is_retired, LEAST(on_hand, units_max - units_taken) DESC, offer_price.sku_id
        ) AS place
      FROM offer_price
      JOIN sku ON sku.id = offer_price.sku_id
      JOIN stock ON stock.sku_id = offer_price.sku_id
      JOIN allotment ON allotment.id = offer_price.allotment_id
      WHERE offer_id IN (${offerIds})
    ) AS supply ON supply.offer_id = offer.id AND supply.revision = terms.revision AND supply.place = 1
    LEFT JOIN offer_buyer ON offer_buyer.offer_id = offer.id AND offer_buyer.buyer_id = ?`;
}

/** How the viewer stands to some teams, in one statement. */
export async function standingsInTeams(
  db: EntityManager,
  teamIds: readonly TeamId[],
  viewerId: UserId | null,
): Promise<Map<TeamId, StandingInTeam>> {
  const ids = teamIds.map(idBytes);
  const viewer = viewerId && idBytes(viewerId);
  const rows = await db.query<StandingRow[]>(
    `SELECT ${COLUMNS}, seat.status AS seat_status
     FROM team AS terms
     JOIN offer ON offer.id = terms.offer_id
     ${supplied('SELECT offer_id FROM team WHERE id IN (?)')}
     LEFT JOIN seat ON seat.team_id = terms.id AND seat.buyer_id = ? AND seat.live
     WHERE terms.id IN (?)`,
    [ids, viewer, viewer, ids],
  );
  return new Map(
    rows.map((row) => [
      idFromBytes('team', row.id),
      { ...offerStanding(row), frozenAt: row.frozen_at, seatStatus: row.seat_status },
    ]),
  );
}

/** How the viewer stands to some offers, in one statement. */
export async function standingsByOffers(
  db: EntityManager,
  offerIds: readonly OfferId[],
  viewerId: UserId | null,
): Promise<Map<OfferId, StandingByOffer>> {
  const ids = offerIds.map(idBytes);
  const rows = await db.query<StandingRow[]>(
    `SELECT ${COLUMNS} FROM offer AS terms JOIN offer ON offer.id = terms.id ${supplied('?')} WHERE terms.id IN (?)`,
    [ids, viewerId && idBytes(viewerId), ids],
  );
  return new Map(rows.map((row) => [idFromBytes('offer', row.id), offerStanding(row)]));
}

function offerStanding(row: StandingRow): StandingByOffer {
  return {
    units: row.units ?? 0,
    skuId: idFromBytes('sku', row.sku_id),
    unitsLeft: row.units_left,
    isOnSale: row.product_status === 'ON_SALE' && row.is_retired === 0,
  };
}
