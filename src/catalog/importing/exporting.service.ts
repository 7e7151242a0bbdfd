import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BusinessTime, idBytes } from '#common';
import type { ProductStatus } from '../products/product.entity.js';
import type { ProductOption } from '../products/product-option.js';
import { saleStatusAt } from '../sale/sale.rules.js';
import type { SupplierId } from '../suppliers/supplier.entity.js';
import { CATEGORY_PATHS } from './category-paths.js';
import { csvLine, harmlessCell, yuanOfMinor } from './cell.rules.js';
import { IMPORT_COLUMN_NAMES, type ImportColumn } from './import-columns.js';
import { optionsText } from './import-line.rules.js';
import { IMPORT_CHUNK_LINES } from './import.limits.js';

/** By it spreadsheets know UTF-8. */
const BYTE_ORDER_MARK = '\u{feff}';

interface ArticleRow {
  readonly product_id: Buffer;
  readonly sku_id: Buffer;
  readonly supplier: string;
  readonly category: string;
  readonly name: string;
  readonly description: string;
  readonly return_rule: string;
  readonly options: string;
  readonly option_values: string;
  readonly code: string;
  readonly barcode: string | null;
  readonly weight_grams: number | null;
  readonly price_minor: number | string;
  readonly low_stock_units: number | null;
  readonly status: ProductStatus;
  readonly sale_from: Date | null;
  readonly sale_until: Date | null;
}

/** The catalogue as a file that can be imported again. */
@Injectable()
export class ExportingService {
  constructor(
    private readonly source: DataSource,
    private readonly businessTime: BusinessTime,
  ) {}

  /**
   * Every SKU that is not retired as a line of CSV in UTF-8, a page of them at a time, in the order in which products were made. Importing it changes nothing.
   *
   * @param supplierId whose goods; null for all
   */
  async *lines(supplierId: SupplierId | null): AsyncGenerator<string> {
    const now = await this.businessTime.read(this.source.manager);
    yield `${BYTE_ORDER_MARK}${csvLine(IMPORT_COLUMN_NAMES)}\r\n`;
    let last: ArticleRow | undefined;
    do {
      const rows: ArticleRow[] = await this.#page(supplierId, last);
      yield rows.map((row) => `${csvLine(cellsOf(row, now))}\r\n`).join('');
      last = rows.length === IMPORT_CHUNK_LINES ? rows.at(-1) : undefined;
    } while (last);
  }

  #page(supplierId: SupplierId | null, last: ArticleRow | undefined): Promise<ArticleRow[]> {
    const beyond = last ? 'AND (sku.product_id > ? OR (sku.product_id = ? AND sku.id > ?))' : '';
    return this.source.query<ArticleRow[]>(
      `SELECT product.id AS product_id, sku.id AS sku_id, supplier.name AS supplier, shelf.path AS category, product.name,
         description, return_rule, options, option_values, code, barcode, weight_grams, price_minor, low_stock_units, status, sale_from, sale_until
       FROM sku JOIN product ON product.id = sku.product_id JOIN supplier ON supplier.id = product.supplier_id
       JOIN (${CATEGORY_PATHS}) AS shelf ON shelf.id = product.category_id
       WHERE NOT sku.is_retired ${supplierId ? 'AND product.supplier_id = ?' : ''} ${beyond}
       ORDER BY sku.product_id, sku.id LIMIT ${IMPORT_CHUNK_LINES}`,
      [...(supplierId ? [idBytes(supplierId)] : []), ...(last ? [last.product_id, last.product_id, last.sku_id] : [])],
    );
  }
}

function cellsOf(row: ArticleRow, now: Date): string[] {
  const options = JSON.parse(row.options) as readonly ProductOption[];
  const sale = { status: row.status, saleFrom: row.sale_from, saleUntil: row.sale_until };
  const cells: Record<ImportColumn, string> = {
    supplier: row.supplier,
    category: row.category,
    product: row.name,
    description: row.description,
    return_rule: row.return_rule,
    options: optionsText(
      options.map(({ name }) => name),
      JSON.parse(row.option_values) as readonly string[],
    ),
    sku_code: row.code,
    barcode: row.barcode ?? '',
    weight_grams: String(row.weight_grams ?? ''),
    price: yuanOfMinor(Number(row.price_minor)),
    quantity: '',
    low_stock: String(row.low_stock_units ?? ''),
    on_sale: saleStatusAt(sale, now) === 'ON_SALE' ? 'yes' : 'no',
  };
  return IMPORT_COLUMN_NAMES.map((column) => harmlessCell(cells[column]));
}
