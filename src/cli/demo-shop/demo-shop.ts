import { type EntityManager, In } from 'typeorm';
import { type Article, type CatalogService, Sku } from '#catalog';
import { type Decision, secondsAfter, shareOf } from '#common';
import type { NewOffer, OffersService } from '#teams';
import type { DemoTeam } from './demo-product.js';
import { PRODUCTS } from './products.js';

const HOUR_SECONDS = 3_600;
const YEAR_SECONDS = 365 * 24 * HOUR_SECONDS;
const BECAUSE: Decision = { by: 'command:seed', reason: 'demo shop' };

export interface Seeded {
  readonly products: number;
  readonly offers: number;
}

interface Services {
  readonly catalog: CatalogService;
  readonly offers: OffersService;
}

/** Fills the shop, as part of the caller's transaction. Null if it is there already: SKU codes are unique, so one of them tells. */
export async function seedDemoShop(
  db: EntityManager,
  { catalog, offers }: Services,
  now: Date,
): Promise<Seeded | null> {
  const codes = PRODUCTS.flatMap(({ skus }) => skus.map(({ code }) => code));
  if (await db.existsBy(Sku, { code: In(codes) })) return null;

  const articles = await catalog.add(db, PRODUCTS, BECAUSE);
  const articleOfCode = new Map(articles.map((article) => [article.sku.code, article]));
  const teamSales = PRODUCTS.flatMap(({ team, skus: [sku] }) => {
    const article = sku && articleOfCode.get(sku.code);
    return team && article ? [{ team, article, stock: sku.quantity }] : [];
  });
  for (const { team, article, stock } of teamSales) await offers.add(db, terms(article, team, stock, now));
  return { products: PRODUCTS.length, offers: teamSales.length };
}

function terms({ sku }: Article, team: DemoTeam, stock: number, now: Date): NewOffer {
  const { size, priceMinor, unitsPerBuyer, ttlHours, stockShareBps } = team;
  return {
    ...{ size, unitsPerBuyer },
    unitsPerOrder: unitsPerBuyer,
    ttlSeconds: ttlHours * HOUR_SECONDS,
    prices: [{ skuId: sku.id, priceMinor, unitsMax: shareOf(stock, stockShareBps) }],
    startsAt: now,
    endsAt: secondsAfter(now, YEAR_SECONDS),
    ...BECAUSE,
  };
}
