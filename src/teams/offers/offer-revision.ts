import { type EntityManager, In } from 'typeorm';
import { Allotment, type AllotmentId, type SkuId } from '#catalog';
import { type Facts, notFound } from '#common';
import { Offer, type OfferId } from './offer.entity.js';
import { OfferPrice } from './offer-price.entity.js';
import type { OfferTermsPrice } from './offer-terms.js';

/** An offer that nobody else changes until the transaction ends. Whoever opens or joins a team does not wait for it. */
export async function lockOffer(db: EntityManager, id: OfferId): Promise<Offer> {
  const offer = await db.findOne(Offer, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!offer) throw notFound('input.offerId');
  return offer;
}

/** The share of each SKU that an offer has or has had: it is one and the same in all revisions. */
export async function sharesOf(db: EntityManager, offerId: OfferId): Promise<Map<SkuId, AllotmentId>> {
  const prices = await db.findBy(OfferPrice, { offerId });
  return new Map(prices.map(({ skuId, allotmentId }) => [skuId, allotmentId]));
}

/** What an offer's present terms say of each SKU. */
export async function pricesOf(db: EntityManager, { id, revision }: Offer): Promise<OfferTermsPrice[]> {
  const prices = await db.find(OfferPrice, { where: { offerId: id, revision }, order: { skuId: 'ASC' } });
  const shares = await db.findBy(Allotment, { id: In(prices.map(({ allotmentId }) => allotmentId)) });
  const unitsMaxOf = new Map(shares.map((share) => [share.id, share.unitsMax]));
  return prices.map(({ skuId, priceMinor, allotmentId }) => ({
    ...{ skuId, priceMinor },
    unitsMax: unitsMaxOf.get(allotmentId) ?? 0,
  }));
}

/** All that an offer and its revision say, as the audit trail keeps it. */
export function factsOf({ id: _, productId: _product, ...terms }: Offer, prices: readonly OfferTermsPrice[]): Facts {
  return { ...terms, prices: prices.map(({ skuId, priceMinor, unitsMax }) => ({ skuId, priceMinor, unitsMax })) };
}
