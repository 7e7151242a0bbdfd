import type { EntityManager } from 'typeorm';
import { idBytes, idFromBytes } from '#common';
import type { Offer } from '#teams';
import type { NamedPrice } from './complaint.js';

/** What an offer says of a SKU today, and how much of its share is taken. */
export type NamedShare = NamedPrice & { readonly unitsTaken: number };

interface ShareRow {
  readonly sku_id: Buffer;
  readonly code: string;
  readonly price_minor: string;
  readonly units_max: number;
  readonly units_taken: number;
}

export async function sharesOf(db: EntityManager, { id, revision }: Offer): Promise<NamedShare[]> {
  const rows = await db.query<ShareRow[]>(
    `SELECT price.sku_id, sku.code, price.price_minor, units_max, units_taken FROM offer_price AS price
     JOIN sku ON sku.id = price.sku_id JOIN allotment ON allotment.id = price.allotment_id
     WHERE price.offer_id = ? AND price.revision = ? ORDER BY price.sku_id`,
    [idBytes(id), revision],
  );
  return rows.map((row) => ({
    skuId: idFromBytes('sku', row.sku_id),
    code: row.code,
    priceMinor: Number(row.price_minor),
    unitsMax: row.units_max,
    unitsTaken: row.units_taken,
  }));
}
