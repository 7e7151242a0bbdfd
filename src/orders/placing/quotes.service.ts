import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CatalogService, NotOnSale, ruleOfPurchase, SoldOut, StockService } from '#catalog';
import { BusinessTime, orRefuse, refuse } from '#common';
import type { UserId } from '#identity';
import { unitsOf } from './buyer-units.js';
import type { CheckoutQuote } from './checkout-quote.js';
import { overBuyerLimit, overOrderLimit } from './limit.rules.js';
import type { CheckoutLineInput, CheckoutQuoteInput } from '../order.inputs.js';
import { PlacingService } from './placing.service.js';
import type { NewLine } from './price.rules.js';

/** What it would cost to buy alone. */
@Injectable()
export class QuotesService {
  constructor(
    private readonly source: DataSource,
    private readonly businessTime: BusinessTime,
    private readonly catalog: CatalogService,
    private readonly stock: StockService,
    private readonly placing: PlacingService,
  ) {}

  /**
   * What `checkoutPlace` would make of the same input now. Nothing is held, so by the time it is placed the answer may be another one.
   *
   * @throws RequestError and Refused as `CheckoutsService.place`, in the same order
   */
  async quote(buyerId: UserId, input: CheckoutQuoteInput): Promise<CheckoutQuote> {
    const db = this.source.manager;
    const lines = await this.linesAlone(db, input.lines, await this.businessTime.read(db));
    const quote = await this.placing.quote(db, { buyerId, lines, delivery: input.delivery });
    const skuIds = input.lines.map(({ skuId }) => skuId);
    orRefuse(overBuyerLimit(lines, await unitsOf(db, buyerId, skuIds)));
    const onHand = await this.stock.onHandOf(db, skuIds);
    const short = input.lines
      .toSorted((a, b) => (a.skuId < b.skuId ? -1 : 1)) // Stock is reserved in this order.
      .find(({ skuId, quantity }) => (onHand.get(skuId) ?? 0) < quantity);
    return short ? refuse(new SoldOut(short.skuId)) : quote;
  }

  /**
   * The lines of an input at single prices, as they are sold at a moment of business time.
   *
   * @throws Refused with NotOnSale or OverOrderLimit
   */
  async linesAlone(db: EntityManager, wanted: readonly CheckoutLineInput[], now: Date): Promise<NewLine[]> {
    const skuIds = wanted.map(({ skuId }) => skuId);
    const articles = await this.catalog.articles(db, skuIds, now);
    const lines = wanted.map(({ skuId, quantity, confirmedReturnRule = null }, index) => {
      const article = articles[index] ?? refuse(new NotOnSale(skuId));
      const returnRule = ruleOfPurchase(article.product.returnRule, confirmedReturnRule);
      return { article, quantity, unitPriceMinor: article.sku.priceMinor, allotmentId: null, returnRule };
    });
    orRefuse(overOrderLimit(lines));
    return lines;
  }
}
