import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, LessThanOrEqual, MoreThan } from 'typeorm';
import {
  type Act,
  type ActKind,
  AuditTrail,
  BusinessTime,
  type Decision,
  move,
  notFound,
  refuse,
  Transactor,
} from '#common';
import type { StaffViewer } from '#identity';
import { sweep, SWEEP_PAGE } from '#jobs';
import { mayWorkOn } from '../callers.js';
import { productPutOnSale, productTakenOffSale } from '../products/product.acts.js';
import { Product, type ProductId, type ProductStatus } from '../products/product.entity.js';
import { ProductWithoutSku } from '../products/product.refusals.js';
import { lockProduct } from '../products/product-revision.js';
import { Sku } from '../products/sku.entity.js';
import type { ProductsInput } from './sale.inputs.js';
import { productLife, saleStatusAt, timesAfter } from './sale.rules.js';

/** When products are on sale: by decision, or by the clock. */
@Injectable()
export class SalesService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Puts products on sale now, all or none; an end that is set stays. Asking again changes nothing.
   *
   * @throws Refused with ProductWithoutSku; RequestError NOT_FOUND
   */
  putOn(by: StaffViewer, input: ProductsInput): Promise<Product[]> {
    return this.#setAll(by, input, 'ON_SALE', productPutOnSale);
  }

  /**
   * Takes products off sale now, all or none, whatever times are set. Asking again changes nothing.
   *
   * @throws RequestError NOT_FOUND, also for products of another supplier than one works for
   */
  takeOff(by: StaffViewer, input: ProductsInput): Promise<Product[]> {
    return this.#setAll(by, input, 'OFF_SALE', productTakenOffSale);
  }

  /** Takes a product off sale, as part of the transaction of whoever has decided so. One that is not on sale stays as it is, but for its times. */
  async stop(db: EntityManager, id: ProductId, decision: Decision): Promise<void> {
    const product = await lockProduct(db, id);
    const now = await this.businessTime.read(db);
    const act = await setSale(db, product, 'OFF_SALE', now);
    if (act) await this.trail.record(db, productTakenOffSale, { subject: id, ...act, ...decision });
  }

  /** Turns what is due, page by page; what was missed while no worker ran is due as well. */
  async turnDue(): Promise<void> {
    const now = await this.businessTime.read(this.source.manager);
    await sweep<Product>(
      (after) => this.#due(after, now),
      ({ id }) => this.transactor.run((db) => this.#turn(db, id)),
    );
  }

  #due(after: Product | null, now: Date): Promise<Product[]> {
    const beyond = after ? { id: MoreThan(after.id) } : {};
    const due = LessThanOrEqual(now);
    return this.source.manager.find(Product, {
      where: [
        { saleFrom: due, ...beyond },
        { saleUntil: due, ...beyond },
      ],
      order: { id: 'ASC' },
      take: SWEEP_PAGE,
    });
  }

  async #turn(db: EntityManager, id: ProductId): Promise<void> {
    const product = await lockProduct(db, id);
    const now = await this.businessTime.read(db);
    const sellable = await sellableOf(db, [id]);
    const status = sellable.length > 0 ? saleStatusAt(product, now) : 'OFF_SALE';
    await change(db, product, status, timesAfter(product, now));
  }

  #setAll(
    by: StaffViewer,
    { productIds, reason }: ProductsInput,
    to: ProductStatus,
    kind: ActKind<'product'>,
  ): Promise<Product[]> {
    return this.transactor.run(async (db) => {
      const products = await lockAll(db, by, productIds);
      const isOn = to === 'ON_SALE';
      const sellable = isOn ? await sellableOf(db, productIds) : productIds;
      const empty = productIds.find((id) => !sellable.includes(id));
      if (empty) refuse(new ProductWithoutSku(empty));
      const now = await this.businessTime.read(db);
      const acts: Act<'product'>[] = [];
      for (const product of products) {
        const act = await setSale(db, product, to, now);
        if (act) acts.push({ subject: product.id, ...act, by: by.id, reason });
      }
      if (acts.length > 0) await this.trail.record(db, kind, acts);
      return products;
    });
  }
}

/** Some products in the order asked, locked in the order of their ids. */
async function lockAll(db: EntityManager, by: StaffViewer, ids: readonly ProductId[]): Promise<Product[]> {
  const products = await db.find(Product, {
    where: { id: In(ids) },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
  const own = new Map(products.filter((product) => mayWorkOn(by, product)).map((product) => [product.id, product]));
  return ids.map((id, index) => {
    const product = own.get(id);
    if (!product) throw notFound(`input.productIds.${index}`);
    return product;
  });
}

/** Those of some products that have a SKU which is sold. */
async function sellableOf(db: EntityManager, ids: readonly ProductId[]): Promise<ProductId[]> {
  const skus = await db.findBy(Sku, { productId: In(ids), isRetired: false });
  return skus.map(({ productId }) => productId);
}

/** Puts a product that the caller has locked on sale or takes it off, whatever times are set; null if it stands there already. */
async function setSale(
  db: EntityManager,
  product: Product,
  to: ProductStatus,
  now: Date,
): Promise<Pick<Act<'product'>, 'before' | 'after'> | null> {
  const before = { status: saleStatusAt(product, now), saleFrom: product.saleFrom, saleUntil: product.saleUntil };
  const times = { saleFrom: null, saleUntil: to === 'ON_SALE' ? timesAfter(product, now).saleUntil : null };
  const after = { status: to, ...times };
  if (isDeepStrictEqual(before, after)) return null;
  await change(db, product, to, times);
  return { before, after };
}

/** Writes down where a product that the caller has locked stands now. */
async function change(
  db: EntityManager,
  product: Product,
  status: ProductStatus,
  times: Pick<Product, 'saleFrom' | 'saleUntil'>,
): Promise<void> {
  const set = { ...times, revision: product.revision + 1 };
  if (product.status === status) {
    await db.update(Product, { id: product.id }, set);
    Object.assign(product, set);
  } else {
    await move(db, Product, productLife, product, status, set);
  }
}
