import { CATEGORY_LEVELS_MAX, CATEGORY_NAME_CHARACTERS_MAX } from '../categories/category.limits.js';
import { WEIGHT_GRAMS_MAX } from '../freight/freight.limits.js';
import { LEGIBLE } from '../legible.js';
import {
  DESCRIPTION_CHARACTERS_MAX,
  OPTION_CHARACTERS_MAX,
  OPTIONS_MAX,
  PRODUCT_NAME_CHARACTERS_MAX,
  SKU_CODE_CHARACTERS_MAX,
  SKU_PRICE_MINOR_MAX,
} from '../products/product.limits.js';
import { ReturnRule } from '../products/return-rule.js';
import { STOCK_CHANGE_UNITS_MAX, STOCK_UNITS_MAX } from '../stock/stock.limits.js';
import { markedPart, minorOfYuan, plainPart, readCell, splitParts, yuanOfMinor } from './cell.rules.js';
import type { Header } from './header.rules.js';
import type { ImportColumn } from './import-columns.js';
import { type CellMistake, mistakeIn, type MistakeKind } from './import-mistake.js';

/** As many characters as the column takes. */
const SUPPLIER_CHARACTERS_MAX = 64;

const [LEGIBLE_PATTERN] = LEGIBLE;
const [GTIN, COUNT] = [/^(\d{8}|\d{12,14})$/, /^\d{1,10}$/];
/** Control characters but for tabs and line breaks, which a description may have. */
const UNSEEN = /[^\P{Cc}\t\r\n]/u;

const YES_NO: Readonly<Record<string, boolean>> = { yes: true, no: false, 是: true, 否: false };
const RETURN_RULES: Readonly<Record<string, ReturnRule>> = {
  ...ReturnRule,
  七天无理由: 'SEVEN_DAYS',
  定制: 'MADE_TO_ORDER',
  生鲜易腐: 'FRESH',
  数字化或拆封: 'DIGITAL_OR_OPENED',
  报纸期刊: 'PERIODICAL',
  拆封影响安全: 'OPENED_UNSAFE',
  激活后贬值: 'LOSES_VALUE',
  临近保质期: 'NEAR_EXPIRY',
};

/** What a line of the file says of one SKU and its product, as it is staged. */
export interface ImportLine {
  readonly supplierName: string;
  /** With `/` between the levels; one within a name stands behind a backslash. */
  readonly categoryPath: string;
  readonly productName: string;
  readonly description: string;
  readonly returnRule: ReturnRule;
  readonly optionNames: readonly string[];
  readonly optionValues: readonly string[];
  readonly code: string;
  readonly barcode: string | null;
  /** Null if it weighs nothing for freight. */
  readonly weightGrams: number | null;
  readonly priceMinor: number;
  readonly quantity: number;
  readonly lowStockUnits: number | null;
  readonly isOnSale: boolean;
}

/** What a record says, or everything that is wrong with its cells. Whether it fits the shop and the other lines is judged later. */
export function judgeLine({ columns }: Header, cells: readonly string[]): ImportLine | readonly CellMistake[] {
  if (cells.length !== columns.length) return [mistakeIn(null, 'CELL_COUNT', `${cells.length}/${columns.length}`)];
  const line = new Judge(new Map(columns.map((column, index) => [column, readCell(cells[index] ?? '')])));
  const said = {
    supplierName: line.name('supplier', SUPPLIER_CHARACTERS_MAX),
    categoryPath: line.path('category'),
    productName: line.name('product', PRODUCT_NAME_CHARACTERS_MAX),
    description: line.description('description'),
    returnRule: line.oneOf('return_rule', RETURN_RULES, 'SEVEN_DAYS', 'NOT_RETURN_RULE'),
    ...line.options('options'),
    code: line.name('sku_code', SKU_CODE_CHARACTERS_MAX),
    barcode: line.barcode('barcode'),
    weightGrams: line.count('weight_grams', WEIGHT_GRAMS_MAX, 1),
    priceMinor: line.price('price'),
    quantity: line.count('quantity', STOCK_CHANGE_UNITS_MAX) ?? 0,
    lowStockUnits: line.count('low_stock', STOCK_UNITS_MAX),
    isOnSale: line.oneOf('on_sale', YES_NO, null, 'NOT_YES_NO'),
  };
  return line.mistakes.length > 0 ? line.mistakes : (said as ImportLine);
}

/** Reads the cells of one line and keeps what is wrong with them. What a wrong cell is read as is never used. */
class Judge {
  readonly mistakes: CellMistake[] = [];

  constructor(private readonly cells: ReadonlyMap<ImportColumn, string>) {}

  name(column: ImportColumn, charactersMax: number): string {
    const text = this.#trimmed(column);
    if (!this.#unless(text !== '', column, 'EMPTY')) return text;
    if (!this.#unless(LEGIBLE_PATTERN.test(text), column, 'NOT_LEGIBLE')) return text;
    this.#unless([...text].length <= charactersMax, column, 'TOO_LONG', charactersMax);
    return text;
  }

  description(column: ImportColumn): string {
    const text = this.cells.get(column) ?? '';
    const max = DESCRIPTION_CHARACTERS_MAX;
    if (this.#unless(!UNSEEN.test(text), column, 'NOT_LEGIBLE'))
      this.#unless([...text].length <= max, column, 'TOO_LONG', max);
    return text;
  }

  path(column: ImportColumn): string {
    const names = splitParts(this.#trimmed(column), '/').map((part) => plainPart(part).trim());
    const isPath =
      names.length <= CATEGORY_LEVELS_MAX && names.every((name) => isName(name, CATEGORY_NAME_CHARACTERS_MAX));
    this.#unless(isPath, column, 'NOT_PATH');
    return pathOf(names);
  }

  options(column: ImportColumn): Pick<ImportLine, 'optionNames' | 'optionValues'> {
    const text = this.#trimmed(column);
    const pairs = text === '' ? [] : splitParts(text, ';').map((option) => splitParts(option, '='));
    const plain = pairs.map((pair) => pair.map((part) => plainPart(part).trim()));
    const isPair = (pair: readonly string[]) =>
      pair.length === 2 && pair.every((part) => isName(part, OPTION_CHARACTERS_MAX));
    const [names, values] = [plain.map(([name = '']) => name), plain.map(([, value = '']) => value)];
    const lowerCase = new Set(names.map((name) => name.toLowerCase()));
    if (this.#unless(plain.length <= OPTIONS_MAX && plain.every(isPair), column, 'NOT_OPTIONS'))
      this.#unless(lowerCase.size === names.length, column, 'OPTION_TWICE');
    return { optionNames: names, optionValues: values };
  }

  barcode(column: ImportColumn): string | null {
    const text = this.#trimmed(column);
    this.#unless(text === '' || GTIN.test(text), column, 'NOT_BARCODE');
    return text === '' ? null : text;
  }

  price(column: ImportColumn): number {
    const minor = minorOfYuan(this.#trimmed(column));
    const isPrice = minor !== null && minor <= SKU_PRICE_MINOR_MAX;
    this.#unless(isPrice, column, 'NOT_PRICE', yuanOfMinor(SKU_PRICE_MINOR_MAX));
    return minor ?? 0;
  }

  /** Null if nothing is said. */
  count(column: ImportColumn, max: number, min = 0): number | null {
    const text = this.#trimmed(column);
    const isCount = COUNT.test(text) && Number(text) >= min && Number(text) <= max;
    this.#unless(text === '' || isCount, column, 'NOT_COUNT', `${min}–${max}`);
    return text === '' ? null : Number(text);
  }

  /** The value that a word stands for; `unsaid` if nothing is said, unless something must be. */
  oneOf<Value>(
    column: ImportColumn,
    words: Readonly<Record<string, Value>>,
    unsaid: Value | null,
    kind: MistakeKind,
  ): Value | null {
    const text = this.#trimmed(column);
    if (text === '' && unsaid !== null) return unsaid;
    const word = Object.keys(words).find((each) => each.toLowerCase() === text.toLowerCase());
    this.#unless(word !== undefined, column, kind);
    return word === undefined ? null : (words[word] ?? null);
  }

  #trimmed(column: ImportColumn): string {
    return (this.cells.get(column) ?? '').trim();
  }

  #unless(isRight: boolean, column: ImportColumn, kind: MistakeKind, detail: string | number = ''): boolean {
    if (!isRight) this.mistakes.push(mistakeIn(column, kind, detail));
    return isRight;
  }
}

function isName(text: string, charactersMax: number): boolean {
  return LEGIBLE_PATTERN.test(text) && [...text].length <= charactersMax;
}

/** The way to a category as a file says it. */
export function pathOf(names: readonly string[]): string {
  return names.map((name) => markedPart(name, '/')).join('/');
}

/** The names of the categories on a way. */
export function namesOnPath(path: string): string[] {
  return splitParts(path, '/').map(plainPart);
}

/** A SKU's options as a file says them. */
export function optionsText(names: readonly string[], values: readonly string[]): string {
  return names
    .map((name, index) => [name, values[index] ?? ''].map((part) => markedPart(part, '=;')).join('='))
    .join(';');
}
