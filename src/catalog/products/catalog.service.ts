import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type FindOptionsWhere, In, LessThan } from 'typeorm';
import { AuditTrail, type Decision, decodeIdCursor, newId, type Page, type PageArgs, pageOf, refuse } from '#common';
import { CategoriesService } from '../categories/categories.service.js';
import { FreightTemplate } from '../freight/freight-template.entity.js';
import type { CategoryId } from '../categories/category.entity.js';
import { PricesService } from '../pricing/prices.service.js';
import { saleStatusAt } from '../sale/sale.rules.js';
import { StockService } from '../stock/stock.service.js';
import { SuppliersService } from '../suppliers/suppliers.service.js';
import { titleOf } from './option.rules.js';
import { skuAdded } from './product.acts.js';
import { Product, type ProductId, type ProductStatus } from './product.entity.js';
import { NotOnSale } from './product.refusals.js';
import { factsOfSku } from './product-revision.js';
import { Sku, type SkuId } from './sku.entity.js';

/** A SKU together with the product it is a variant of: what an order line is made from. */
export interface Article {
  readonly sku: Sku;
  readonly product: Product;
  /** How sending it is charged; null if it is sent for nothing. */
  readonly freight: FreightTemplate | null;
}

export interface NewProduct {
  readonly supplier: string;
  readonly name: string;
  /** The Chinese name of a category at the top of the tree. */
  readonly category: string;
  /** Its English name, if it is made; the Chinese one unless it says otherwise. */
  readonly categoryEn?: string;
  readonly description: string;
  /** What its option is called, if it has several SKUs or one with a title; 规格 unless it says otherwise. */
  readonly option?: string;
  readonly returnRule?: Product['returnRule'];
  readonly skus: readonly {
    readonly code: string;
    /** Its value of the option; empty for the only SKU of a product without options. */
    readonly title: string;
    readonly priceMinor: number;
    readonly quantity: number;
    /** With its packing; left out if it weighs nothing for freight. */
    readonly weightGrams?: number;
  }[];
}

interface Filter {
  /** Null for any. */
  readonly status: ProductStatus | null;
  /** With all categories below it; null for any. */
  readonly categoryId: CategoryId | null;
}

@Injectable()
export class CatalogService {
  constructor(
    private readonly source: DataSource,
    private readonly categories: CategoriesService,
    private readonly suppliers: SuppliersService,
    private readonly prices: PricesService,
    private readonly stock: StockService,
    private readonly trail: AuditTrail,
  ) {}

  /** Products, newest first. */
  async products({ first, after }: PageArgs, { status, categoryId }: Filter): Promise<Page<Product>> {
    const last = decodeIdCursor(after, 'product');
    const where: FindOptionsWhere<Product> = {
      ...(status && { status }),
      ...(categoryId && { categoryId: In(await this.categories.within(categoryId)) }),
      ...(last && { id: LessThan(last) }),
    };
    const rows = await this.source.manager.find(Product, { where, order: { id: 'DESC' }, take: first + 1 });
    return pageOf(rows, first, ({ id }) => [id]);
  }

  product(id: ProductId): Promise<Product | null> {
    return this.source.manager.findOneBy(Product, { id });
  }

  /**
   * The articles behind some SKUs, in the order asked, as they are sold at a moment of business time.
   *
   * @throws Refused with NotOnSale for the first that does not exist or is not sold
   */
  async articles(db: EntityManager, skuIds: readonly SkuId[], now: Date): Promise<Article[]> {
    const found = (await db
      .createQueryBuilder(Sku, 'sku')
      .innerJoinAndMapOne('sku.product', Product, 'product', 'product.id = sku.productId')
      .leftJoinAndMapOne('sku.freight', FreightTemplate, 'freight', 'freight.id = product.freightTemplateId')
      .where({ id: In(skuIds) })
      .getMany()) as (Sku & Omit<Article, 'sku'>)[];
    const skus = new Map(found.map((sku) => [sku.id, sku]));
    return skuIds.map((id) => {
      const sku = skus.get(id);
      const isSold = sku && !sku.isRetired && saleStatusAt(sku.product, now) === 'ON_SALE';
      return isSold ? { sku, product: sku.product, freight: sku.freight } : refuse(new NotOnSale(id));
    });
  }

  /** Puts products on sale with their stock, as part of the caller's transaction; a supplier or category is made when first named. */
  async add(db: EntityManager, products: readonly NewProduct[], decision: Decision): Promise<Article[]> {
    const suppliers = await this.suppliers.idsByName(db, new Set(products.map(({ supplier }) => supplier)));
    const shelves = new Map(products.map(({ category, categoryEn = category }) => [category, categoryEn]));
    const categories = await this.categories.idsByName(db, shelves);
    const articles = products.flatMap(
      ({ supplier, category, skus, option = '规格', name, description, returnRule }) => {
        const values = skus.map(({ title }) => title).filter((title) => title !== '');
        const product = db.create(Product, {
          ...{ id: newId('product'), supplierId: suppliers.get(supplier), categoryId: categories.get(category) },
          ...{ name, description, returnRule: returnRule ?? 'SEVEN_DAYS', revision: 1 },
          ...{ options: values.length > 0 ? [{ name: option, values }] : [] },
          ...{ status: 'ON_SALE', saleFrom: null, saleUntil: null },
        });
        return skus.map(({ code, title, priceMinor, quantity, weightGrams = null }) => {
          const optionValues = title === '' ? [] : [title];
          const sku = db.create(Sku, {
            ...{ id: newId('sku'), productId: product.id, currency: 'CNY', code, priceMinor, optionValues },
            ...{ title: titleOf(optionValues), barcode: null, lowStockUnits: null, isRetired: false },
            ...{ weightGrams, unitsPerOrder: null, unitsPerBuyer: null },
          });
          return { product, sku, freight: null, quantity };
        });
      },
    );
    const skus = articles.map(({ sku }) => sku);
    await db.insert(Product, [...new Set(articles.map(({ product }) => product))]);
    await db.insert(Sku, skus);
    await this.prices.begin(db, skus, decision);
    const acts = articles.map(({ sku, quantity }) => ({
      ...{ subject: sku.id, before: {}, after: { ...factsOfSku(sku), onHand: quantity } },
      ...decision,
    }));
    await this.trail.record(db, skuAdded, acts);
    await this.stock.open(
      db,
      articles.map(({ sku, quantity }) => ({ skuId: sku.id, units: quantity })),
    );
    return articles;
  }
}
