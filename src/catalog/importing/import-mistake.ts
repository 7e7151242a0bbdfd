import type { Texts } from '#common';
import type { ImportColumn } from './import-columns.js';
import { IMPORT_BYTES_MAX, IMPORT_LINES_MAX } from './import.limits.js';
import { OPTION_VALUES_MAX, SKUS_PER_PRODUCT_MAX } from '../products/product.limits.js';
import { CATEGORIES_MAX } from '../categories/category.limits.js';

type Says = (detail: string) => Texts;

/** Every mistake that a file can have, and what is said of it. The detail is a bound, a number of a line, or a name. */
const SAYINGS = {
  FILE_EMPTY: () => ({ zh: '文件没有内容。', en: 'The file says nothing.' }),
  FILE_TOO_LARGE: () => ({
    zh: `文件不能超过${IMPORT_BYTES_MAX / 1_048_576}兆字节，此行起未读取。`,
    en: `A file has ${IMPORT_BYTES_MAX / 1_048_576} MB at most; nothing was read from here on.`,
  }),
  TOO_MANY_LINES: () => ({
    zh: `文件不能超过${IMPORT_LINES_MAX}行，此行起未读取。`,
    en: `A file has ${IMPORT_LINES_MAX} lines at most; nothing was read from here on.`,
  }),
  COLUMN_UNKNOWN: (name) => ({ zh: `没有“${name}”这一列。`, en: `There is no column called ${name}.` }),
  COLUMN_TWICE: () => ({ zh: '该列出现了两次。', en: 'The column is there twice.' }),
  COLUMN_MISSING: () => ({ zh: '缺少该列。', en: 'The column is missing.' }),
  CELL_COUNT: (counts) => ({
    zh: `单元格数量与表头不符（${counts}）。`,
    en: `It has not as many cells as the header (${counts}).`,
  }),
  QUOTE_NOT_CLOSED: () => ({ zh: '引号没有结束。', en: 'A quote is never closed.' }),
  QUOTE_MISPLACED: () => ({
    zh: '引号位置有误：含引号的单元格要整体加引号，其中的引号写两次。',
    en: 'A quote is out of place: a cell with quotes is quoted as a whole, and each quote in it is doubled.',
  }),
  LINE_TOO_LONG: () => ({ zh: '该行过长。', en: 'The line is too long.' }),
  NOT_UTF8: () => ({
    zh: '文字编码不正确，请另存为万国码格式的逗号分隔文件。',
    en: 'It is not UTF-8. Save the file as CSV UTF-8.',
  }),
  EMPTY: () => ({ zh: '不能为空。', en: 'Must not be empty.' }),
  TOO_LONG: (max) => ({ zh: `不能超过${max}个字符。`, en: `Must have ${max} characters at most.` }),
  NOT_LEGIBLE: () => ({ zh: '不能含换行等控制字符。', en: 'Must have no line breaks or other control characters.' }),
  NOT_PRICE: (max) => ({
    zh: `必须是以元为单位的价格，最多两位小数，不超过${max}。`,
    en: `Must be a price in yuan with two decimals at most, such as 29.90, up to ${max}.`,
  }),
  NOT_COUNT: (range) => ({ zh: `必须是 ${range} 之间的整数。`, en: `Must be a whole number within ${range}.` }),
  NOT_BARCODE: () => ({ zh: '必须是 8 位或 12 至 14 位数字。', en: 'Must be 8, or 12 to 14 digits.' }),
  NOT_YES_NO: () => ({ zh: '必须是“是”或“否”。', en: 'Must be yes or no.' }),
  NOT_RETURN_RULE: () => ({ zh: '没有这种退货规则。', en: 'There is no such return rule.' }),
  NOT_PATH: () => ({
    zh: '必须是一至三级分类，以“/”分隔，每级不超过 32 个字符。',
    en: 'Must be one to three categories with / between them, each of 32 characters at most.',
  }),
  NOT_OPTIONS: () => ({
    zh: '必须写成“规格=2.5千克;颜色=红”，最多三个选项，名称和值不超过 30 个字符。',
    en: 'Must be written as size=2.5kg;colour=red: three options at most, names and values of 30 characters at most.',
  }),
  OPTION_TWICE: () => ({ zh: '同一选项出现了两次。', en: 'An option is there twice.' }),
  CODE_TWICE: (line) => ({ zh: `货号已在第 ${line} 行出现。`, en: `Line ${line} has this code already.` }),
  DIFFERS: (line) => ({
    zh: `与同一商品的第 ${line} 行不一致。`,
    en: `Line ${line}, of the same product, says something else.`,
  }),
  PRODUCT_AMBIGUOUS: () => ({
    zh: '该供应商有多个同名商品，无法确定新规格属于哪一个。',
    en: 'The supplier has several products of this name: nobody knows to which of them the new SKU belongs.',
  }),
  SUPPLIER_UNKNOWN: () => ({ zh: '没有这个供应商。', en: 'There is no such supplier.' }),
  SUPPLIER_FIXED: () => ({
    zh: '不能更改已有商品的供应商。',
    en: 'The supplier of a product that is there cannot change.',
  }),
  CATEGORY_UNKNOWN: () => ({ zh: '没有这个分类。', en: 'There is no such category.' }),
  TOO_MANY_CATEGORIES: () => ({
    zh: `分类总数不能超过${CATEGORIES_MAX}个。`,
    en: `The shop has ${CATEGORIES_MAX} categories at most, those that this file would make included.`,
  }),
  OPTIONS_FIXED: () => ({ zh: '不能更改已有规格的选项。', en: 'The options of a SKU that is there cannot change.' }),
  OPTION_NAMES: (names) => ({
    zh: `必须按顺序写出该商品的选项：${names}。`,
    en: `Must name the product’s options in their order: ${names}.`,
  }),
  COMBINATION_TAKEN: () => ({
    zh: '该商品已有相同选项的规格。',
    en: 'The product has a SKU of these options already.',
  }),
  VALUES_ALIKE: (value) => ({
    zh: `与已有选项值“${value}”只有大小写不同。`,
    en: `Differs from the value ${value} by large and small letters only.`,
  }),
  TOO_MANY_VALUES: () => ({
    zh: `一个选项最多${OPTION_VALUES_MAX}个值。`,
    en: `An option has ${OPTION_VALUES_MAX} values at most.`,
  }),
  TOO_MANY_SKUS: () => ({
    zh: `一个商品最多${SKUS_PER_PRODUCT_MAX}个规格。`,
    en: `A product has ${SKUS_PER_PRODUCT_MAX} SKUs at most.`,
  }),
  QUANTITY_OF_KNOWN: () => ({
    zh: '只有新规格可以填写入库数量；已有规格请使用收货功能。',
    en: 'Only new SKUs come with units; those of a SKU that is there are received by themselves.',
  }),
  NO_SKU_TO_SELL: () => ({
    zh: '该商品的规格均已停用，不能上架。',
    en: 'Every SKU of the product is retired, so it cannot be on sale.',
  }),
  CODE_TAKEN: () => ({ zh: '检查之后，该货号已被使用。', en: 'The code was taken after the check.' }),
  CODE_GONE: () => ({ zh: '检查之后，该规格的货号已被更改。', en: 'The SKU was given another code after the check.' }),
} satisfies Record<string, Says>;
export type MistakeKind = keyof typeof SAYINGS;

export interface ImportMistake {
  /** Of the file, from 1; quoted line breaks count. */
  readonly line: number;
  /** Null if it is about the whole line. */
  readonly column: ImportColumn | null;
  readonly kind: MistakeKind;
  readonly detail: string;
}

/** What is wrong with a cell. */
export type CellMistake = Omit<ImportMistake, 'line'>;

export function mistakeIn(column: ImportColumn | null, kind: MistakeKind, detail: string | number = ''): CellMistake {
  return { column, kind, detail: String(detail) };
}

/** A mistake in words. */
export function textsOf({ kind, detail }: Pick<ImportMistake, 'kind' | 'detail'>): Texts {
  const says: Says = SAYINGS[kind];
  return says(detail);
}
