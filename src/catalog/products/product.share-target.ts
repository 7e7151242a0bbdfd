import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Currency, defineLoader, type Id, idBytes, idFromBytes } from '#common';
import { type ShareSubject, ShareTarget } from '#sharing';
import type { ProductId, ProductStatus } from './product.entity.js';

interface SubjectRow {
  readonly id: Buffer;
  readonly name: string;
  readonly status: ProductStatus;
  /** The driver gives a BIGINT as text. */
  readonly price_minor: string | null;
  readonly currency: Currency | null;
  readonly image_id: Buffer | null;
}

/** Products as they are shared: by their name, their cover and their lowest price. */
@Injectable()
export class ProductShareTarget extends ShareTarget {
  override readonly type = 'PRODUCT';
  override readonly idPrefix = 'product';
  override readonly page = 'pages/product/product';

  override describe(db: EntityManager, ids: readonly Id[]): Promise<(ShareSubject | null)[]> {
    return describeProducts(db, ids);
  }
}

/** What a card says of each product; null where there is none. */
export const subjectOfProduct = defineLoader((db, ids: readonly ProductId[]) => describeProducts(db, ids));

async function describeProducts(db: EntityManager, ids: readonly Id[]): Promise<(ShareSubject | null)[]> {
  const rows = await db.query<SubjectRow[]>(
    `SELECT product.id, name, status, cover.image_id, MIN(price_minor) AS price_minor, MIN(currency) AS currency
     FROM product
     LEFT JOIN sku ON sku.product_id = product.id AND NOT is_retired
     LEFT JOIN product_image AS cover ON cover.product_id = product.id
       AND cover.position = (SELECT MIN(position) FROM product_image WHERE product_id = product.id)
     WHERE product.id IN (?) GROUP BY product.id, name, status, cover.image_id`,
    [ids.map(idBytes)],
  );
  const byId = new Map(rows.map((row) => [row.id.toString('hex'), row]));
  return ids.map((id) => {
    const row = byId.get(idBytes(id).toString('hex'));
    return row ? subjectOf(row) : null;
  });
}

function subjectOf({ name, status, image_id, price_minor, currency }: SubjectRow): ShareSubject {
  return {
    title: name,
    imageId: image_id && idFromBytes('image', image_id),
    ...{ priceMinor: price_minor === null ? null : Number(price_minor), currency, isOpen: status === 'ON_SALE' },
  };
}
