import { type AllotmentId, CatalogService, type ProductId, type SkuId } from '#catalog';
import { secondsAfter } from '#common';
import { type Offer, OfferPrice, OffersService } from '#teams';
import type { Shop } from './shop.js';

const HOUR_SECONDS = 3_600;
let made = 0;

export interface OfferTerms {
  readonly supplier?: string;
  readonly size?: number;
  readonly stock?: number;
  readonly priceMinor?: number;
  readonly teamPriceMinor?: number;
  readonly ttlSeconds?: number;
  readonly unitsPerOrder?: number;
  readonly unitsPerBuyer?: number;
  readonly unitsMax?: number;
}

export interface OnSale {
  readonly productId: ProductId;
  readonly skuId: SkuId;
  readonly allotmentId: AllotmentId;
  readonly offer: Offer;
}

/** A product on sale with stock and a team offer; a team of three at 80 instead of 100 yuan, unless the test says otherwise. */
export async function anOffer(shop: Shop, terms: OfferTerms = {}): Promise<OnSale> {
  const { size = 3, stock = 100, priceMinor = 10_000, teamPriceMinor = 8_000, ttlSeconds = 24 * HOUR_SECONDS } = terms;
  const { unitsPerBuyer = 10, unitsPerOrder = unitsPerBuyer, unitsMax = stock, supplier = '好团自营' } = terms;
  made += 1;
  const code = `TEST-${made}`;
  return shop.source.transaction(async (db) => {
    const [article] = await shop.get(CatalogService).add(db, [
      {
        supplier,
        name: `测试商品${made}`,
        category: '水果',
        description: '测试',
        skus: [{ code, title: '', priceMinor, quantity: stock }],
      },
    ]);
    const now = new Date();
    const offer = await shop.get(OffersService).add(db, {
      ...{ size, ttlSeconds, unitsPerOrder, unitsPerBuyer },
      prices: [{ article: article!, priceMinor: teamPriceMinor, unitsMax }],
      startsAt: secondsAfter(now, -365 * 24 * HOUR_SECONDS),
      endsAt: secondsAfter(now, 365 * 24 * HOUR_SECONDS),
      by: 'command:test',
      reason: 'an offer of a test',
    });
    const { allotmentId } = await db.findOneByOrFail(OfferPrice, { offerId: offer.id });
    return { productId: article!.product.id, skuId: article!.sku.id, allotmentId, offer };
  });
}
