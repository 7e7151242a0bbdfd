import assert from 'node:assert/strict';
import { type EntityManager, In } from 'typeorm';
import { type Article, type CatalogService, type FreightService, Sku } from '#catalog';
import { type Decision, secondsAfter, shareOf } from '#common';
import type { NewOffer, OffersService } from '#teams';
import type { DemoTeam } from './demo-product.js';
import { type DemoFreight, FREIGHTS } from './freight.js';
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
  readonly freight: FreightService;
  readonly offers: OffersService;
}

/** Fills the shop, as part of the caller's transaction. Null if it is there already: SKU codes are unique, so one of them tells. */
export async function seedDemoShop(
  db: EntityManager,
  { catalog, freight, offers }: Services,
  now: Date,
): Promise<Seeded | null> {
  const codes = PRODUCTS.flatMap(({ skus }) => skus.map(({ code }) => code));
  if (await db.existsBy(Sku, { code: In(codes) })) return null;

  const articles = await catalog.add(db, PRODUCTS, BECAUSE);
  const articleOfCode = new Map(articles.map((article) => [article.sku.code, article]));
  for (const each of FREIGHTS) await setFreight(db, freight, each, articleOfCode);
  const teamSales = PRODUCTS.flatMap(({ team, skus: [sku] }) => {
    const article = sku && articleOfCode.get(sku.code);
    return team && article ? [{ team, article, stock: sku.quantity }] : [];
  });
  for (const { team, article, stock } of teamSales) await offers.add(db, terms(article, team, stock, now));
  return { products: PRODUCTS.length, offers: teamSales.length };
}

async function setFreight(
  db: EntityManager,
  freight: FreightService,
  { weights, ...terms }: DemoFreight,
  articleOfCode: ReadonlyMap<string, Article>,
): Promise<void> {
  const weighed = Object.entries(weights).map(([code, weightGrams]) => {
    const article = articleOfCode.get(code);
    assert(article, `${code} is no SKU of the demo shop`);
    return { article, weightGrams };
  });
  const [first] = weighed;
  assert(first, 'a template is for something');
  const { id: templateId } = await freight.add(db, {
    ...{ ...terms, supplierId: first.article.product.supplierId },
    ...BECAUSE,
  });
  const productIds = [...new Set(weighed.map(({ article }) => article.product.id))];
  const skuWeights = weighed.map(({ article, weightGrams }) => ({ skuId: article.sku.id, weightGrams }));
  await freight.setFreight(db, { productIds, templateId, weights: skuWeights }, BECAUSE);
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
