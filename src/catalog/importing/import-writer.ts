import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { type Act, AuditTrail, BusinessTime, type Decision, groupInOrder, moveAll } from '#common';
import { PricesService } from '../pricing/prices.service.js';
import {
  productChanged,
  productPutOnSale,
  productTakenOffSale,
  skuAdded,
  skuChanged,
  skuPriced,
} from '../products/product.acts.js';
import { Product } from '../products/product.entity.js';
import { ProductImage } from '../products/product-image.entity.js';
import { factsOfProduct, factsOfSku } from '../products/product-revision.js';
import { Sku } from '../products/sku.entity.js';
import { productLife } from '../sale/sale.rules.js';
import { StockService } from '../stock/stock.service.js';
import { type Change, changesOf, isMoreThanPrice, type ProductChanges } from './import-changes.rules.js';
import type { PlacedLine, StandingProduct } from './import-product.rules.js';
import { writeProducts, writeSkus } from './many-rows.js';

/** Lines of one product without a mistake, and the product as it stands. */
export interface Written {
  readonly lines: readonly PlacedLine[];
  readonly standing: StandingProduct | null;
}

/** Writes many products at once: a statement for each table, whatever their number. */
@Injectable()
export class ImportWriter {
  constructor(
    private readonly businessTime: BusinessTime,
    private readonly prices: PricesService,
    private readonly stock: StockService,
    private readonly trail: AuditTrail,
  ) {}

  /** Does what the lines say, with every act on record, as part of the caller's transaction. What stands is locked by the caller. */
  async write(db: EntityManager, products: readonly Written[], decision: Decision): Promise<void> {
    const now = await this.businessTime.read(db);
    const all = products.flatMap(({ lines: [first, ...others], standing }) =>
      first ? [changesOf([first, ...others], standing, now)] : [],
    );
    await this.#writeProducts(db, all, decision);
    await this.#changeSkus(
      db,
      all.flatMap(({ skusChanged }) => skusChanged),
      decision,
    );
    await this.#addSkus(
      db,
      all.flatMap(({ skusAdded }) => skusAdded),
      decision,
    );
  }

  async #writeProducts(db: EntityManager, all: readonly ProductChanges[], decision: Decision): Promise<void> {
    const added = all.flatMap((each) => each.added ?? []);
    if (added.length > 0) await db.insert(Product, added);
    const changed = all.flatMap((each) => each.changed ?? []);
    if (changed.length === 0) return;
    await writeProducts(
      db,
      changed.map(({ after }) => after),
    );
    await this.#turn(db, all, decision);
    await this.#tell(
      db,
      all.flatMap(({ isReworded, changed: change }) => (isReworded && change ? change : [])),
      decision,
    );
  }

  /** Puts on record what products say now. Their pictures stay as they are. */
  async #tell(db: EntityManager, reworded: readonly Change<Product>[], decision: Decision): Promise<void> {
    if (reworded.length === 0) return;
    const ids = reworded.map(({ before }) => before.id);
    const images = await db.find(ProductImage, { where: { productId: In(ids) }, order: { position: 'ASC' } });
    const imagesOf = groupInOrder(ids, images, ({ productId }) => productId);
    const acts = reworded.map(({ before, after }, index) => {
      const imageIds = (imagesOf[index] ?? []).map(({ imageId }) => imageId);
      return {
        ...{ subject: before.id, before: factsOfProduct(before, imageIds), after: factsOfProduct(after, imageIds) },
        ...decision,
      };
    });
    await this.trail.record(db, productChanged, acts);
  }

  /** Puts products on sale, or takes them off it. */
  async #turn(db: EntityManager, all: readonly ProductChanges[], decision: Decision): Promise<void> {
    for (const [to, kind] of [
      ['ON_SALE', productPutOnSale],
      ['OFF_SALE', productTakenOffSale],
    ] as const) {
      const turned = all.flatMap(({ turnedTo, changed }) => (turnedTo === to && changed ? changed : []));
      if (turned.length === 0) continue;
      const acts: Act<'product'>[] = turned.map(({ before: { id, status } }) => ({
        ...{ subject: id, before: { status }, after: { status: to } },
        ...decision,
      }));
      await moveAll(
        db,
        Product,
        productLife,
        turned.map(({ after }) => after),
        to,
      );
      await this.trail.record(db, kind, acts);
    }
  }

  async #changeSkus(db: EntityManager, changed: readonly Change<Sku>[], decision: Decision): Promise<void> {
    if (changed.length === 0) return;
    await writeSkus(
      db,
      changed.map(({ after }) => after),
    );
    const said = changed.filter(isMoreThanPrice).map(({ before, after }) => ({
      ...{ subject: before.id, before: factsOfSku(before), after: factsOfSku(after) },
      ...decision,
    }));
    if (said.length > 0) await this.trail.record(db, skuChanged, said);
    const priced = changed.filter(({ before, after }) => before.priceMinor !== after.priceMinor);
    if (priced.length === 0) return;
    await this.prices.begin(
      db,
      priced.map(({ after }) => after),
      decision,
    );
    const acts = priced.map(({ before, after }) => ({
      ...{ subject: before.id, before: { priceMinor: before.priceMinor }, after: { priceMinor: after.priceMinor } },
      ...decision,
    }));
    await this.trail.record(db, skuPriced, acts);
  }

  async #addSkus(db: EntityManager, added: ProductChanges['skusAdded'], decision: Decision): Promise<void> {
    if (added.length === 0) return;
    const skus = added.map(({ sku }) => sku);
    await db.insert(Sku, skus);
    await this.prices.begin(db, skus, decision);
    const acts = added.map(({ sku, units }) => ({
      ...{ subject: sku.id, before: {}, after: { ...factsOfSku(sku), onHand: units } },
      ...decision,
    }));
    await this.trail.record(db, skuAdded, acts);
    await this.stock.open(
      db,
      added.map(({ sku: { id: skuId }, units }) => ({ skuId, units })),
    );
  }
}
