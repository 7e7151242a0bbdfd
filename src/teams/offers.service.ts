import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Article, CatalogService } from '#catalog';
import { newId } from '#common';
import type { Actor } from '#identity';
import { Offer } from './offer.entity.js';
import { OfferChange } from './offer-change.entity.js';
import { OfferPrice } from './offer-price.entity.js';

export interface NewPrice {
  readonly article: Article;
  readonly priceMinor: number;
  /** How many units of the SKU's stock the offer may take in all. */
  readonly unitsMax: number;
}

export interface NewOffer extends Pick<
  Offer,
  'size' | 'ttlSeconds' | 'unitsPerOrder' | 'unitsPerBuyer' | 'startsAt' | 'endsAt'
> {
  /** One for each SKU that teams can buy, all of one product. */
  readonly prices: readonly [NewPrice, ...NewPrice[]];
  readonly by: Actor;
  readonly reason: string;
}

/** Team offers and their terms. Each change is kept with who made it and why. */
@Injectable()
export class OffersService {
  constructor(private readonly catalog: CatalogService) {}

  /** Makes a team offer with its share of the stock; as part of the caller's transaction. */
  async add(db: EntityManager, { prices, by, reason, ...terms }: NewOffer): Promise<Offer> {
    const offer = db.create(Offer, {
      ...terms,
      id: newId('offer'),
      productId: prices[0].article.product.id,
      kind: 'PLAIN',
      revision: 1,
      frozenAt: null,
    });
    await db.insert(Offer, offer);
    const rows: OfferPrice[] = [];
    for (const { article, priceMinor, unitsMax } of prices) {
      const { id: skuId, currency } = article.sku;
      const allotmentId = await this.catalog.allot(db, skuId, unitsMax);
      rows.push(db.create(OfferPrice, { offerId: offer.id, revision: 1, skuId, allotmentId, priceMinor, currency }));
    }
    await db.insert(OfferPrice, rows);
    const { id: offerId, productId: _, ...said } = offer;
    await db.insert(OfferChange, {
      offerId,
      kind: 'ADDED',
      terms: { ...said, prices: prices.map(({ article, ...price }) => ({ ...price, skuId: article.sku.id })) },
      changedBy: by,
      reason,
    });
    return offer;
  }
}
