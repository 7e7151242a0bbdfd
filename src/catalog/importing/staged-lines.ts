import type { EntityManager } from 'typeorm';
import { idBytes, idFromBytes } from '#common';
import type { ProductId } from '../products/product.entity.js';
import type { ReturnRule } from '../products/return-rule.js';
import type { CatalogImportId } from './catalog-import.entity.js';
import { CATEGORY_PATHS } from './category-paths.js';
import type { ImportLine } from './import-line.rules.js';
import { IMPORT_CHUNK_LINES } from './import.limits.js';
import type { PlacedLine } from './import-product.rules.js';
import { SKUS_PER_PRODUCT_MAX } from '../products/product.limits.js';

/** The lines of one product, in the order of the file. */
export interface StagedProduct {
  /** The number of its first line, by which it is known within its import. */
  readonly firstLine: number;
  /** The product of the shop that they are about; null for a new one. */
  readonly productId: ProductId | null;
  readonly lines: readonly PlacedLine[];
}

interface LineRow {
  readonly line_number: number;
  readonly first_line: number;
  readonly supplier_name: string;
  readonly category_path: string;
  readonly product_name: string;
  readonly description: string;
  readonly return_rule: ReturnRule;
  readonly option_names: string;
  readonly option_values: string;
  readonly code: string;
  readonly barcode: string | null;
  readonly weight_grams: number | null;
  readonly price_minor: number | string;
  readonly quantity: number;
  readonly low_stock_units: number | null;
  readonly is_on_sale: number;
  readonly sku_id: Buffer | null;
  readonly product_id: Buffer | null;
  readonly supplier_id: Buffer | null;
  readonly category_id: Buffer | null;
  readonly found_id: Buffer | null;
}

/** Keeps lines of a file until they are judged with the others. */
export async function stageLines(
  db: EntityManager,
  id: CatalogImportId,
  lines: readonly (ImportLine & { readonly line: number })[],
): Promise<void> {
  if (lines.length === 0) return;
  const rows = lines.map((said) => [
    ...[idBytes(id), said.line, said.supplierName, said.categoryPath, said.productName, said.description],
    ...[said.returnRule, JSON.stringify(said.optionNames), JSON.stringify(said.optionValues), said.code],
    ...[said.barcode, said.weightGrams, said.priceMinor, said.quantity, said.lowStockUnits, said.isOnSale],
  ]);
  await db.query(
    `INSERT INTO catalog_import_line (import_id, line_number, supplier_name, category_path, product_name, description,
       return_rule, option_names, option_values, code, barcode, weight_grams, price_minor, quantity, low_stock_units, is_on_sale) VALUES ?`,
    [rows],
  );
}

/**
 * The next products of an import in the order of their first lines, each with all of its lines and with what the shop has by now; as many as fit into a chunk.
 * Of a product with too many lines there are enough to see that.
 *
 * @param after the first line of the last product that was read; 0 for the beginning
 */
export async function nextProducts(db: EntityManager, id: CatalogImportId, after: number): Promise<StagedProduct[]> {
  const rows = await db.query<LineRow[]>(
    `SELECT line.*, supplier.id AS supplier_id, shelf.id AS category_id, found.id AS found_id
     FROM (
       SELECT * FROM catalog_import_line FORCE INDEX (catalog_import_line_product)
       WHERE import_id = ? AND first_line > ? AND nth <= ? ORDER BY first_line, line_number LIMIT ?
     ) AS line
     LEFT JOIN supplier ON supplier.name = line.supplier_name
     LEFT JOIN (${CATEGORY_PATHS}) AS shelf ON shelf.path = line.category_path
     LEFT JOIN sku AS found ON found.code = line.code
     ORDER BY line.first_line, line.line_number`,
    [idBytes(id), after, SKUS_PER_PRODUCT_MAX + 1, IMPORT_CHUNK_LINES + 1],
  );
  const products = new Map<number, { productId: ProductId | null; lines: PlacedLine[] }>();
  for (const row of rows) {
    const productId = row.product_id && idFromBytes('product', row.product_id);
    const product = products.get(row.first_line) ?? { productId, lines: [] };
    product.lines.push(lineOf(row));
    products.set(row.first_line, product);
  }
  const last = rows.at(-1)?.first_line;
  const isCut = rows.length > IMPORT_CHUNK_LINES;
  return [...products]
    .filter(([firstLine]) => !isCut || firstLine !== last)
    .map(([firstLine, product]) => ({ firstLine, ...product }));
}

function lineOf(row: LineRow): PlacedLine {
  return {
    line: row.line_number,
    supplierName: row.supplier_name,
    categoryPath: row.category_path,
    productName: row.product_name,
    description: row.description,
    returnRule: row.return_rule,
    optionNames: JSON.parse(row.option_names) as string[],
    optionValues: JSON.parse(row.option_values) as string[],
    code: row.code,
    barcode: row.barcode,
    weightGrams: row.weight_grams,
    priceMinor: Number(row.price_minor),
    quantity: row.quantity,
    lowStockUnits: row.low_stock_units,
    isOnSale: row.is_on_sale === 1,
    supplierId: row.supplier_id && idFromBytes('supplier', row.supplier_id),
    categoryId: row.category_id && idFromBytes('category', row.category_id),
    skuId: row.sku_id && idFromBytes('sku', row.sku_id),
    foundSkuId: row.found_id && idFromBytes('sku', row.found_id),
  };
}

/** Writes down what became of lines. */
export async function endLines(
  db: EntityManager,
  id: CatalogImportId,
  status: 'APPLIED' | 'FAILED',
  lines: readonly number[],
): Promise<void> {
  if (lines.length === 0) return;
  await db.query('UPDATE catalog_import_line SET status = ? WHERE import_id = ? AND line_number IN (?)', [
    status,
    idBytes(id),
    lines,
  ]);
}
