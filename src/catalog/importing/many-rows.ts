import type { EntityManager } from 'typeorm';
import { idBytes } from '#common';
import type { Product } from '../products/product.entity.js';
import type { Sku } from '../products/sku.entity.js';

/** Lets products that are there say other things, in one statement; their status is moved by itself. */
export async function writeProducts(db: EntityManager, products: readonly Product[]): Promise<void> {
  const rows = products.map((product) => [
    ...[idBytes(product.id), product.name, idBytes(product.categoryId), product.description],
    ...[JSON.stringify(product.options), product.returnRule, product.saleFrom, product.saleUntil, product.revision],
  ]);
  await db.query(
    `UPDATE product JOIN (${rowsOf(rows, COLUMNS_OF_PRODUCT)}) AS said ON said.id = product.id
     SET ${COLUMNS_OF_PRODUCT.slice(1).map(taken('product')).join(', ')}`,
    rows.flat(),
  );
}

/** As `writeProducts`, for SKUs. */
export async function writeSkus(db: EntityManager, skus: readonly Sku[]): Promise<void> {
  const rows = skus.map(({ id, barcode, weightGrams, priceMinor, lowStockUnits }) => [
    idBytes(id),
    barcode,
    weightGrams,
    priceMinor,
    lowStockUnits,
  ]);
  await db.query(
    `UPDATE sku JOIN (${rowsOf(rows, COLUMNS_OF_SKU)}) AS said ON said.id = sku.id
     SET ${COLUMNS_OF_SKU.slice(1).map(taken('sku')).join(', ')}`,
    rows.flat(),
  );
}

const COLUMNS_OF_PRODUCT = [
  ...['id', 'name', 'category_id', 'description', 'options', 'return_rule', 'sale_from', 'sale_until', 'revision'],
];
const COLUMNS_OF_SKU = ['id', 'barcode', 'weight_grams', 'price_minor', 'low_stock_units'];

/** A table of parameters: its first row names the columns. */
function rowsOf(rows: readonly (readonly unknown[])[], columns: readonly string[]): string {
  return rows
    .map((_, index) => `SELECT ${columns.map((column) => (index === 0 ? `? AS ${column}` : '?')).join(', ')}`)
    .join(' UNION ALL ');
}

function taken(table: string): (column: string) => string {
  return (column) => `${table}.${column} = said.${column}`;
}
