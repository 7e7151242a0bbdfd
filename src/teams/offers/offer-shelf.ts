import type { EntityManager } from 'typeorm';
import type { SkuId } from '#catalog';
import { badInput, idBytes, idFromBytes, notFound } from '#common';
import { Offer, type OfferId } from './offer.entity.js';
import { OfferPrice } from './offer-price.entity.js';
import type { TeamId } from '../team.entity.js';

/** A SKU as it stands on the shelf of an offer, at the price of one revision. */
export type ShelfItem = Pick<OfferPrice, 'skuId' | 'allotmentId' | 'priceMinor'>;

/** What the members of one team can choose from. */
export interface TeamShelf {
  readonly offerId: OfferId;
  readonly frozenAt: Date | null;
  readonly unitsPerBuyer: number;
  readonly items: readonly ShelfItem[];
}

interface ShelfRow {
  readonly offer_id: Buffer;
  readonly frozen_at: Date | null;
  readonly units_per_buyer: number;
  readonly sku_id: Buffer;
  readonly allotment_id: Buffer;
  readonly price_minor: string;
}

/** Nothing of it changes while the team lives but `frozenAt`, so it is read without a lock and in one statement. */
export async function shelfOfTeam(db: EntityManager, teamId: TeamId): Promise<TeamShelf> {
  const rows = await db.query<ShelfRow[]>(
    `SELECT team.offer_id, offer.frozen_at, team.units_per_buyer, price.sku_id, price.allotment_id, price.price_minor
     FROM team JOIN offer ON offer.id = team.offer_id
     JOIN offer_price AS price ON price.offer_id = team.offer_id AND price.revision = team.revision
     WHERE team.id = ?`,
    [idBytes(teamId)],
  );
  const [first] = rows;
  if (!first) throw notFound('input.teamId');
  return {
    offerId: idFromBytes('offer', first.offer_id),
    frozenAt: first.frozen_at,
    unitsPerBuyer: first.units_per_buyer,
    items: rows.map((row) => ({
      skuId: idFromBytes('sku', row.sku_id),
      allotmentId: idFromBytes('allotment', row.allotment_id),
      priceMinor: Number(row.price_minor),
    })),
  };
}

export interface OfferOnSale {
  readonly offer: Offer;
  readonly items: readonly ShelfItem[];
}

/**
 * An offer as teams are opened by it now. No lock is needed to see one whole revision: its row says at once which one holds,
 * and what a revision's SKUs cost never changes.
 */
export async function offerOnSale(db: EntityManager, id: OfferId): Promise<OfferOnSale> {
  const offer = await db.findOneBy(Offer, { id });
  if (!offer) throw notFound('input.offerId');
  return { offer, items: await db.findBy(OfferPrice, { offerId: id, revision: offer.revision }) };
}

/**
 * What the buyer takes off the shelf.
 *
 * @throws RequestError that names `input.skuId`, if it is not there, or if none is named and there are several
 */
export function choose(items: readonly ShelfItem[], skuId: SkuId | null | undefined): ShelfItem {
  const [only, ...others] = items;
  if (skuId === null || skuId === undefined) {
    if (only && others.length === 0) return only;
    throw badInput({
      path: 'input.skuId',
      texts: { zh: '该活动有多个规格，请选择一个。', en: 'The offer has several SKUs. Choose one of them.' },
    });
  }
  const chosen = items.find((item) => item.skuId === skuId);
  if (chosen) return chosen;
  throw badInput({
    path: 'input.skuId',
    texts: { zh: '该活动不包含此规格。', en: 'Must be one of the SKUs of the offer.' },
  });
}
