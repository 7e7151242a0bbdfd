import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, LessThan } from 'typeorm';
import { decodeIdCursor, newId, type Page, type PageArgs, pageOf } from '#common';
import { Product } from '../products/product.entity.js';
import { SuppliedProduct } from './supplied-product.js';
import { Supplier, type SupplierId } from './supplier.entity.js';

/** What suppliers see of the shop: their own goods. */
@Injectable()
export class SuppliersService {
  constructor(private readonly source: DataSource) {}

  exists(id: SupplierId): Promise<boolean> {
    return this.source.manager.existsBy(Supplier, { id });
  }

  /** The suppliers that have these names, as part of the caller's transaction; made when first named. */
  async idsByName(db: EntityManager, names: ReadonlySet<string>): Promise<Map<string, SupplierId>> {
    const known = await db.findBy(Supplier, { name: In([...names]) });
    const missing = [...names].filter((name) => !known.some((supplier) => supplier.name === name));
    const made = missing.map((name) => db.create(Supplier, { id: newId('supplier'), name }));
    if (made.length > 0) await db.insert(Supplier, made);
    return new Map([...known, ...made].map(({ name, id }) => [name, id]));
  }

  /** All products of one supplier, on sale or not, newest first. */
  async products(supplierId: SupplierId, { first, after }: PageArgs): Promise<Page<SuppliedProduct>> {
    const last = decodeIdCursor(after, 'product');
    const products = await this.source.manager.find(Product, {
      where: { supplierId, ...(last ? { id: LessThan(last) } : {}) },
      order: { id: 'DESC' },
      take: first + 1,
    });
    const supplied = products.map((product) => new SuppliedProduct(product));
    return pageOf(supplied, first, ({ product }) => [product.id]);
  }
}
