import { Injectable } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import { decodeIdCursor, type Page, type PageArgs, pageOf } from '#common';
import { Product } from './product.entity.js';
import { SuppliedProduct } from './supplied-product.js';
import { Supplier, type SupplierId } from './supplier.entity.js';

/** What suppliers see of the shop: their own goods. */
@Injectable()
export class SuppliersService {
  constructor(private readonly source: DataSource) {}

  exists(id: SupplierId): Promise<boolean> {
    return this.source.manager.existsBy(Supplier, { id });
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
