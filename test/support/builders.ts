import { In } from 'typeorm';
import {
  Allotment,
  type AllotmentId,
  CatalogService,
  FreightService,
  type FreightTemplate,
  type FreightTerms,
  Product,
  type ProductId,
  type ReturnRule,
  type SkuId,
} from '#catalog';
import { secondsAfter } from '#common';
import { UNITS_PER_LINE_MAX } from '#orders';
import { type Offer, OfferPrice, OffersService } from '#teams';
import type { Shop } from './shop.js';

const HOUR_SECONDS = 3_600;
const YEAR_SECONDS = 365 * 24 * HOUR_SECONDS;
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
  readonly startsAt?: Date;
  readonly endsAt?: Date;
  readonly returnRule?: ReturnRule;
}

export interface OnSale {
  readonly productId: ProductId;
  readonly skuId: SkuId;
  readonly allotmentId: AllotmentId;
  readonly offer: Offer;
}

/** A product on sale with stock and a team offer; a team of three at 80 instead of 100 yuan, unless the test says otherwise. */
export async function anOffer(shop: Shop, terms: OfferTerms = {}): Promise<OnSale> {
  const { size = 3, stock = 100, priceMinor = 10_000, ttlSeconds = 24 * HOUR_SECONDS, supplier = '好团自营' } = terms;
  const { teamPriceMinor = Math.min(8_000, priceMinor), unitsPerBuyer = 10, unitsMax = Math.max(stock, size) } = terms;
  const { unitsPerOrder = Math.min(unitsPerBuyer, UNITS_PER_LINE_MAX) } = terms;
  made += 1;
  const code = `TEST-${made}`;
  return shop.source.transaction(async (db) => {
    const { returnRule } = terms;
    const product = { supplier, name: `测试商品${made}`, category: '水果', description: '测试', returnRule };
    const skus = [{ code, title: '', priceMinor, quantity: stock }];
    const because = { by: 'command:test', reason: 'goods of a test' } as const;
    const [article] = await shop.get(CatalogService).add(db, [{ ...product, skus }], because);
    const now = new Date();
    const { startsAt = secondsAfter(now, -YEAR_SECONDS), endsAt = secondsAfter(now, YEAR_SECONDS) } = terms;
    const offer = await shop.get(OffersService).add(db, {
      ...{ size, ttlSeconds, unitsPerOrder, unitsPerBuyer },
      prices: [{ skuId: article!.sku.id, priceMinor: teamPriceMinor, unitsMax }],
      ...{ startsAt, endsAt },
      by: 'command:test',
      reason: 'an offer of a test',
    });
    const { allotmentId } = await db.findOneByOrFail(OfferPrice, { offerId: offer.id });
    return { productId: article!.product.id, skuId: article!.sku.id, allotmentId, offer };
  });
}

/** Eight yuan for the first kilogram, two for each further half, free from 99 yuan of goods. */
export const A_CHARGE = { firstGrams: 1_000, firstMinor: 800, stepGrams: 500, stepMinor: 200, freeFromMinor: 9_900 };

/** Lets a product be sent by a new freight template of its supplier, the same everywhere unless the test says otherwise; a unit weighs so much. */
export async function sentBy(
  shop: Shop,
  { productId, skuId }: Pick<OnSale, 'productId' | 'skuId'>,
  weightGrams: number | null,
  terms: Partial<FreightTerms> = {},
): Promise<FreightTemplate> {
  const because = { by: 'command:test', reason: 'freight of a test' } as const;
  return shop.source.transaction(async (db) => {
    const { supplierId } = await db.findOneByOrFail(Product, { id: productId });
    const all = { rules: [], elsewhere: A_CHARGE, notDelivered: [], ...terms };
    const template = await shop.get(FreightService).add(db, { supplierId, name: '普通快递', ...all, ...because });
    const weights = [{ skuId, weightGrams }];
    await shop
      .get(FreightService)
      .setFreight(db, { productIds: [productId], templateId: template.id, weights }, because);
    return template;
  });
}

/** The terms of an offer as they stand, to be changed. */
export async function draftOf(shop: Shop, { id, ...offer }: Offer) {
  const db = shop.source.manager;
  const prices = await db.find(OfferPrice, {
    where: { offerId: id, revision: offer.revision },
    order: { skuId: 'ASC' },
  });
  const shares = await db.findBy(Allotment, { id: In(prices.map(({ allotmentId }) => allotmentId)) });
  const { size, ttlSeconds, unitsPerOrder, unitsPerBuyer, startsAt, endsAt } = offer;
  return {
    ...{ size, ttlSeconds, unitsPerOrder, unitsPerBuyer, startsAt, endsAt },
    prices: prices.map(({ skuId, priceMinor, allotmentId }) => ({
      ...{ skuId, priceMinor },
      unitsMax: shares.find((share) => share.id === allotmentId)!.unitsMax,
    })),
  };
}
