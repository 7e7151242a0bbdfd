import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Article, CatalogService } from '#catalog';
import { newId } from '#common';
import { Offer } from './offer.entity.js';

export interface NewOffer extends Pick<
  Offer,
  'size' | 'priceMinor' | 'ttlSeconds' | 'unitsPerBuyer' | 'startsAt' | 'endsAt'
> {
  readonly article: Article;
  /** How many units of the stock the offer may take in all. */
  readonly unitsMax: number;
}

@Injectable()
export class OffersService {
  constructor(private readonly catalog: CatalogService) {}

  /** Makes a team price for an article, with its share of the stock; as part of the caller's transaction. */
  async add(db: EntityManager, { article: { sku, product }, unitsMax, ...terms }: NewOffer): Promise<Offer> {
    const offer = db.create(Offer, {
      ...terms,
      id: newId('offer'),
      productId: product.id,
      skuId: sku.id,
      currency: sku.currency,
      allotmentId: await this.catalog.allot(db, sku.id, unitsMax),
    });
    await db.insert(Offer, offer);
    return offer;
  }
}
