import type { INestApplicationContext } from '@nestjs/common';
import { CatalogService } from '#catalog';
import { type Decision, secondsAfter, Transactor } from '#common';
import { UNITS_PER_LINE_MAX } from '#orders';
import { OffersService } from '#teams';
import type { AssortmentItem } from './assortment.js';

export interface OfferTerms {
  readonly size: number;
  readonly ttlSeconds: number;
  /** When the first and the last sale are made. */
  readonly firstSaleAt: Date;
  readonly lastSaleAt: Date;
}

const SUPPLIER = 'Online Retail II';
const CATEGORY = 'Gifts';
const PAGE = 500;
const DAY_SECONDS = 86_400;
const NAME_CHARACTERS_MAX = 128;
const BECAUSE: Decision = { by: 'command:replay', reason: 'replay of an order history' };

/** Puts an assortment on sale, each item with a team offer, and returns the offers' ids by stock code. */
export async function importAssortment(
  app: INestApplicationContext,
  items: readonly AssortmentItem[],
  terms: OfferTerms,
): Promise<ReadonlyMap<string, string>> {
  const offerIds = new Map<string, string>();
  for (let start = 0; start < items.length; start += PAGE) {
    const page = await importPage(app, items.slice(start, start + PAGE), terms);
    for (const [stockCode, offerId] of page) offerIds.set(stockCode, offerId);
  }
  return offerIds;
}

function importPage(
  app: INestApplicationContext,
  items: readonly AssortmentItem[],
  { size, ttlSeconds, firstSaleAt, lastSaleAt }: OfferTerms,
): Promise<[stockCode: string, offerId: string][]> {
  return app.get(Transactor).run(async (db) => {
    const articles = await app.get(CatalogService).add(db, items.map(productOf), BECAUSE);
    const offers = app.get(OffersService);
    const ids: [string, string][] = [];
    for (const [index, item] of items.entries()) {
      const article = articles[index];
      if (article?.sku.code !== item.stockCode) throw new Error(`${item.stockCode} was not put on sale`);
      const offer = await offers.add(db, {
        size,
        ttlSeconds,
        // What was sold of it may be less than a team of buyers needs; the stock is no more for that.
        prices: [{ skuId: article.sku.id, priceMinor: item.teamPriceMinor, unitsMax: Math.max(item.units, size) }],
        unitsPerOrder: Math.min(item.unitsPerBuyer, UNITS_PER_LINE_MAX),
        unitsPerBuyer: item.unitsPerBuyer,
        startsAt: secondsAfter(firstSaleAt, -DAY_SECONDS),
        endsAt: secondsAfter(lastSaleAt, DAY_SECONDS),
        ...BECAUSE,
      });
      ids.push([item.stockCode, offer.id]);
    }
    return ids;
  });
}

function productOf({ stockCode, name, singlePriceMinor, units }: AssortmentItem) {
  return {
    supplier: SUPPLIER,
    name: name.slice(0, NAME_CHARACTERS_MAX),
    category: CATEGORY,
    description: name,
    skus: [{ code: stockCode, title: '', priceMinor: singlePriceMinor, quantity: units }],
  };
}
