import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type FindOptionsWhere, In, LessThan } from 'typeorm';
import {
  AuditTrail,
  type Decision,
  decodeIdCursor,
  type Id,
  idBytes,
  newId,
  type Page,
  type PageArgs,
  pageOf,
  refuse,
} from '#common';
import { skuAdded } from './catalog.acts.js';
import { NotOnSale } from './catalog.refusals.js';
import { Product, type ProductId } from './product.entity.js';
import { Sku, type SkuId } from './sku.entity.js';
import { Allotment, type AllotmentId, Stock } from './stock.entity.js';
import { Supplier, type SupplierId } from './supplier.entity.js';

/** A SKU together with the product it is a variant of: what an order line is made from. */
export interface Article {
  readonly sku: Sku;
  readonly product: Product;
}

export interface NewProduct {
  readonly supplier: string;
  readonly name: string;
  readonly category: string;
  readonly description: string;
  readonly skus: readonly {
    readonly code: string;
    readonly title: string;
    readonly priceMinor: number;
    readonly quantity: number;
  }[];
}

@Injectable()
export class CatalogService {
  constructor(
    private readonly source: DataSource,
    private readonly trail: AuditTrail,
  ) {}

  /** Products on sale, newest first. */
  async products({ first, after }: PageArgs, category: string | null | undefined): Promise<Page<Product>> {
    const last = decodeIdCursor(after, 'product');
    const where: FindOptionsWhere<Product> = {
      status: 'ON_SALE',
      ...(typeof category === 'string' ? { category } : {}),
      ...(last ? { id: LessThan(last) } : {}),
    };
    const rows = await this.source.manager.find(Product, { where, order: { id: 'DESC' }, take: first + 1 });
    return pageOf(rows, first, ({ id }) => [id]);
  }

  product(id: ProductId): Promise<Product | null> {
    return this.source.manager.findOneBy(Product, { id });
  }

  /**
   * The articles behind some SKUs, in the order asked.
   *
   * @throws Refused with NotOnSale for the first that does not exist or is not sold
   */
  async articles(db: EntityManager, skuIds: readonly SkuId[]): Promise<Article[]> {
    const found = (await db
      .createQueryBuilder(Sku, 'sku')
      .innerJoinAndMapOne('sku.product', Product, 'product', 'product.id = sku.productId')
      .where({ id: In(skuIds) })
      .getMany()) as (Sku & { readonly product: Product })[];
    const skus = new Map(found.map((sku) => [sku.id, sku]));
    return skuIds.map((id) => {
      const sku = skus.get(id);
      return sku?.product.status === 'ON_SALE' ? { sku, product: sku.product } : refuse(new NotOnSale(id));
    });
  }

  /** Puts products on sale with their stock, as part of the caller's transaction; a supplier is made when first named. */
  async add(db: EntityManager, products: readonly NewProduct[], decision: Decision): Promise<Article[]> {
    const suppliers = await this.#suppliers(db, new Set(products.map(({ supplier }) => supplier)));
    const articles = products.flatMap(({ supplier, skus, ...rest }) => {
      const supplierId = suppliers.get(supplier);
      const product = db.create(Product, { id: newId('product'), supplierId, status: 'ON_SALE', ...rest });
      return skus.map(({ quantity, ...sku }) => ({
        product,
        sku: db.create(Sku, { id: newId('sku'), productId: product.id, currency: 'CNY', ...sku }),
        quantity,
      }));
    });
    await db.insert(Product, [...new Set(articles.map(({ product }) => product))]);
    await db.insert(
      Sku,
      articles.map(({ sku }) => sku),
    );
    await this.trail.record(
      db,
      skuAdded,
      articles.map(({ sku, quantity }) => ({
        subject: sku.id,
        before: {},
        after: { productId: sku.productId, code: sku.code, priceMinor: sku.priceMinor, onHand: quantity },
        ...decision,
      })),
    );
    await this.#receive(db, articles);
    return articles;
  }

  /** Sets a limit to how much of a SKU one use (an offer) may take. */
  async allot(db: EntityManager, skuId: SkuId, unitsMax: number): Promise<AllotmentId> {
    const id: AllotmentId = newId('allotment');
    await db.insert(Allotment, { id, skuId, unitsMax, unitsTaken: 0 });
    return id;
  }

  /**
   * Sets other limits. They are as hot as stock: call it last in a transaction.
   *
   * @returns those of which more is taken than the new limit; they keep the old one
   */
  async reallot(db: EntityManager, limits: readonly Pick<Allotment, 'id' | 'unitsMax'>[]): Promise<Allotment[]> {
    const allotments = await db.find(Allotment, {
      where: { id: In(limits.map(({ id }) => id)) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const exceeded: Allotment[] = [];
    for (const allotment of allotments) {
      const unitsMax = limits.find(({ id }) => id === allotment.id)?.unitsMax ?? allotment.unitsMax;
      if (unitsMax < allotment.unitsTaken) exceeded.push(allotment);
      else if (unitsMax !== allotment.unitsMax) await db.update(Allotment, { id: allotment.id }, { unitsMax });
    }
    return exceeded;
  }

  async #suppliers(db: EntityManager, names: ReadonlySet<string>): Promise<Map<string, SupplierId>> {
    const known = await db.findBy(Supplier, { name: In([...names]) });
    const missing = [...names].filter((name) => !known.some((supplier) => supplier.name === name));
    const made = missing.map((name) => db.create(Supplier, { id: newId('supplier'), name }));
    if (made.length > 0) await db.insert(Supplier, made);
    return new Map([...known, ...made].map(({ name, id }) => [name, id]));
  }

  async #receive(
    db: EntityManager,
    articles: readonly { readonly sku: { readonly id: Id }; readonly quantity: number }[],
  ): Promise<void> {
    const received = articles.filter(({ quantity }) => quantity > 0);
    if (received.length > 0) {
      await db.query(
        `INSERT INTO stock_move (sku_id, kind, quantity) VALUES ${received.map(() => "(?, 'RECEIVE', ?)").join(', ')}`,
        received.flatMap(({ sku, quantity }) => [idBytes(sku.id), quantity]),
      );
    }
    await db.insert(
      Stock,
      articles.map(({ sku, quantity }) => ({ skuId: sku.id as SkuId, onHand: quantity, reserved: 0, sold: 0 })),
    );
  }
}
