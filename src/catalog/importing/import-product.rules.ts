import { titleOf } from '../products/option.rules.js';
import type { Product } from '../products/product.entity.js';
import { OPTION_VALUES_MAX, SKUS_PER_PRODUCT_MAX } from '../products/product.limits.js';
import type { ProductOption } from '../products/product-option.js';
import type { Sku, SkuId } from '../products/sku.entity.js';
import type { SupplierId } from '../suppliers/supplier.entity.js';
import type { CategoryId } from '../categories/category.entity.js';
import type { ImportColumn } from './import-columns.js';
import type { ImportLine } from './import-line.rules.js';
import { type ImportMistake, mistakeIn, type MistakeKind } from './import-mistake.js';

/** A staged line, with what the shop has of what it names. */
export interface PlacedLine extends ImportLine {
  readonly line: number;
  /** Null if the shop has none of that name. */
  readonly supplierId: SupplierId | null;
  readonly categoryId: CategoryId | null;
  /** The SKU that had the code when the file was checked, and the one that has it now; null if none. */
  readonly skuId: SkuId | null;
  readonly foundSkuId: SkuId | null;
}

/** A product as it stands in the shop, with all of its SKUs. */
export interface StandingProduct {
  readonly product: Product;
  readonly skus: readonly Sku[];
}

/** What the lines of one product must say alike, and in which column. */
const ALIKE = [
  ['productName', 'product'],
  ['supplierName', 'supplier'],
  ['categoryPath', 'category'],
  ['description', 'description'],
  ['returnRule', 'return_rule'],
  ['isOnSale', 'on_sale'],
] as const satisfies readonly (readonly [keyof ImportLine, ImportColumn])[];

/**
 * Everything that is wrong with the lines of one product together, and with what they want of the shop.
 *
 * @param lines in the order of the file, at least one
 * @param standing null for a product that is new
 * @param makesMissing whether suppliers and categories that are not there will be made
 */
export function mistakesInProduct(
  lines: readonly PlacedLine[],
  standing: StandingProduct | null,
  makesMissing: boolean,
): ImportMistake[] {
  const judge = new ProductJudge(standing);
  for (const line of lines) {
    judge.alike(line, lines[0] ?? line);
    judge.places(line, makesMissing);
    judge.code(line);
    if (line.skuId === null) judge.added(line);
    else judge.known(line, line.skuId);
  }
  judge.sale(lines);
  return judge.mistakes;
}

class ProductJudge {
  readonly mistakes: ImportMistake[] = [];
  readonly #options: readonly ProductOption[] | null;
  #names: readonly string[] | null;
  readonly #values: string[][];
  readonly #combinations: Set<string>;
  #skus: number;

  constructor(private readonly standing: StandingProduct | null) {
    this.#options = standing?.product.options ?? null;
    this.#names = this.#options?.map(({ name }) => name) ?? null;
    this.#values = (this.#options ?? []).map(({ values }) => [...values]);
    const skus = standing?.skus ?? [];
    this.#combinations = new Set(skus.map(({ optionValues }) => JSON.stringify(optionValues)));
    this.#skus = skus.length;
  }

  alike(line: PlacedLine, first: PlacedLine): void {
    for (const [field, column] of ALIKE)
      if (line[field] !== first[field]) this.#add(line, column, 'DIFFERS', first.line);
  }

  places({ supplierId, categoryId, ...line }: PlacedLine, makesMissing: boolean): void {
    const fixed = this.standing?.product.supplierId;
    if (fixed !== undefined && supplierId !== fixed) this.#add(line, 'supplier', 'SUPPLIER_FIXED');
    else if (supplierId === null && !makesMissing) this.#add(line, 'supplier', 'SUPPLIER_UNKNOWN');
    if (categoryId === null && !makesMissing) this.#add(line, 'category', 'CATEGORY_UNKNOWN');
  }

  code({ skuId, foundSkuId, ...line }: PlacedLine): void {
    if (skuId === foundSkuId) return;
    this.#add(line, 'sku_code', skuId === null ? 'CODE_TAKEN' : 'CODE_GONE');
  }

  /** A SKU that the product has already. */
  known(line: PlacedLine, skuId: SkuId): void {
    const sku = this.standing?.skus.find(({ id }) => id === skuId);
    if (line.quantity > 0) this.#add(line, 'quantity', 'QUANTITY_OF_KNOWN');
    const isSame = sku && same(line.optionValues, sku.optionValues) && same(line.optionNames, this.#names ?? []);
    if (!isSame) this.#add(line, 'options', 'OPTIONS_FIXED');
  }

  /** A SKU that is to be made. */
  added(line: PlacedLine): void {
    this.#skus += 1;
    if (this.#skus > SKUS_PER_PRODUCT_MAX) this.#add(line, null, 'TOO_MANY_SKUS');
    this.#names ??= line.optionNames;
    if (!same(line.optionNames, this.#names)) {
      this.#add(line, 'options', 'OPTION_NAMES', this.#names.join('、').slice(0, 64));
      return;
    }
    const combination = JSON.stringify(line.optionValues);
    if (this.#combinations.has(combination)) this.#add(line, 'options', 'COMBINATION_TAKEN');
    this.#combinations.add(combination);
    line.optionValues.forEach((value, place) => {
      this.#offer(line, value, (this.#values[place] ??= []));
    });
  }

  /** What is on sale needs a SKU that is sold. */
  sale([first, ...others]: readonly PlacedLine[]): void {
    if (!first?.isOnSale || [first, ...others].some(({ skuId }) => skuId === null)) return;
    if (this.standing?.skus.every(({ isRetired }) => isRetired)) this.#add(first, 'on_sale', 'NO_SKU_TO_SELL');
  }

  #offer(line: PlacedLine, value: string, offered: string[]): void {
    if (offered.includes(value)) return;
    const alike = offered.find((each) => each.toLowerCase() === value.toLowerCase());
    if (alike !== undefined) this.#add(line, 'options', 'VALUES_ALIKE', alike);
    if (offered.length >= OPTION_VALUES_MAX) this.#add(line, 'options', 'TOO_MANY_VALUES');
    else offered.push(value);
  }

  #add(
    { line }: Pick<PlacedLine, 'line'>,
    column: ImportColumn | null,
    kind: MistakeKind,
    detail?: string | number,
  ): void {
    this.mistakes.push({ line, ...mistakeIn(column, kind, detail) });
  }
}

function same(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((text, index) => text === others[index]);
}

/** The options of a product once it has SKUs of these lines as well: what it offers already, in its order, then what is new. */
export function optionsWith(standing: readonly ProductOption[] | null, lines: readonly ImportLine[]): ProductOption[] {
  const [first] = lines;
  const begun = standing ?? first?.optionNames.map((name) => ({ name, values: [] })) ?? [];
  return begun.map(({ name, values }, place) => {
    const said = lines.flatMap(({ optionValues }) => optionValues[place] ?? []);
    return { name, values: [...new Set([...values, ...said])] };
  });
}

/** What a SKU is to say by its line, but for what never changes. */
export function skuContentsOf({ barcode, weightGrams, priceMinor, lowStockUnits }: ImportLine) {
  return { barcode, weightGrams, priceMinor, lowStockUnits };
}

/** What a new SKU says by its line. */
export function newSkuOf(line: ImportLine) {
  const optionValues = [...line.optionValues];
  return { ...skuContentsOf(line), code: line.code, optionValues, title: titleOf(optionValues), isRetired: false };
}
