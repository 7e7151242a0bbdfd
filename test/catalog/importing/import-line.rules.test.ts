import { describe, expect, it } from '@jest/globals';
import { type Header, readHeader } from '../../../src/catalog/importing/header.rules.js';
import {
  IMPORT_COLUMN_NAMES,
  IMPORT_COLUMNS,
  type ImportColumn,
} from '../../../src/catalog/importing/import-columns.js';
import { judgeLine, namesOnPath, optionsText, pathOf } from '../../../src/catalog/importing/import-line.rules.js';

const HEADER: Header = { columns: IMPORT_COLUMN_NAMES };
const PLAIN: Record<ImportColumn, string> = {
  ...{ supplier: '溪畔茶园', category: '饮品/茶', product: '红茶', description: '', return_rule: '', options: '' },
  ...{ sku_code: 'TEA', barcode: '', weight_grams: '', price: '1', quantity: '', low_stock: '', on_sale: 'yes' },
};
const judged = (but: Partial<typeof PLAIN>) => judgeLine(HEADER, Object.values({ ...PLAIN, ...but }));
const complaints = (but: Partial<typeof PLAIN>): string[] => {
  const said = judged(but);
  return 'code' in said ? [] : said.map(({ column, kind, detail }) => `${column ?? '-'} ${kind} ${detail}`.trim());
};

describe('the header', () => {
  it('names the columns in any order, in either language, whatever the case', () => {
    const names = IMPORT_COLUMN_NAMES.toReversed();
    expect(readHeader(names)).toEqual({ columns: names });
    expect(readHeader(names.map((name) => ` ${IMPORT_COLUMNS[name]} `))).toEqual({ columns: names });
    expect(readHeader(names.map((name) => name.toUpperCase()))).toEqual({ columns: names });
  });

  it('is told everything that is wrong with it', () => {
    const names = ['cost', ...IMPORT_COLUMN_NAMES.filter((name) => name !== 'price'), '货号', 'x'.repeat(40)];
    expect(readHeader(names)).toEqual([
      { column: null, kind: 'COLUMN_UNKNOWN', detail: 'cost' },
      { column: null, kind: 'COLUMN_UNKNOWN', detail: 'x'.repeat(32) },
      { column: 'price', kind: 'COLUMN_MISSING', detail: '' },
      { column: 'sku_code', kind: 'COLUMN_TWICE', detail: '' },
    ]);
  });
});

describe('a line', () => {
  it('says a SKU and its product', () => {
    const said = judged({
      ...{ supplier: ' 云岭 ', category: ' 生鲜 / 水果 ', description: ' 两\n行 ', return_rule: '生鲜易腐' },
      ...{
        options: '规格=2.5千克; 颜色 = 红',
        barcode: '6901234567892',
        weight_grams: '2800',
        price: '29.9',
        quantity: '12',
        low_stock: '0',
      },
      on_sale: '否',
    });
    expect(said).toEqual({
      ...{ supplierName: '云岭', categoryPath: '生鲜/水果', productName: '红茶', description: ' 两\n行 ' },
      ...{ returnRule: 'FRESH', optionNames: ['规格', '颜色'], optionValues: ['2.5千克', '红'], code: 'TEA' },
      ...{
        barcode: '6901234567892',
        weightGrams: 2_800,
        priceMinor: 2_990,
        quantity: 12,
        lowStockUnits: 0,
        isOnSale: false,
      },
    });
  });

  it('of which nothing more is said than must be is plain', () => {
    expect(judged({})).toMatchObject({
      ...{
        description: '',
        returnRule: 'SEVEN_DAYS',
        optionNames: [],
        optionValues: [],
        barcode: null,
        weightGrams: null,
      },
      ...{ priceMinor: 100, quantity: 0, lowStockUnits: null, isOnSale: true },
    });
  });

  it('must have a cell for each column', () => {
    expect(judgeLine(HEADER, ['a', 'b'])).toEqual([{ column: null, kind: 'CELL_COUNT', detail: '2/13' }]);
    expect(judgeLine(HEADER, [...Object.values(PLAIN), ''])).toEqual([
      { column: null, kind: 'CELL_COUNT', detail: '14/13' },
    ]);
  });

  it('is read without the mark of a text that would look like a formula', () => {
    expect(judged({ description: "'=1", product: "'-18°C" })).toMatchObject({
      description: '=1',
      productName: '-18°C',
    });
  });

  // prettier-ignore
  it.each<[Partial<typeof PLAIN>, string[]]>([
    [{ supplier: ' ' },                       ['supplier EMPTY']],
    [{ supplier: '长'.repeat(64) },           []],
    [{ supplier: '长'.repeat(65) },           ['supplier TOO_LONG 64']],
    [{ product: 'a\nb' },                     ['product NOT_LEGIBLE']],
    [{ product: '😀'.repeat(128) },           []],
    [{ product: '😀'.repeat(129) },           ['product TOO_LONG 128']],
    [{ sku_code: '' },                        ['sku_code EMPTY']],
    [{ sku_code: 'x'.repeat(65) },            ['sku_code TOO_LONG 64']],
    [{ description: 'a\tb\r\nc' },            []],
    [{ description: 'a\u{0}b' },              ['description NOT_LEGIBLE']],
    [{ description: '长'.repeat(5_000) },     []],
    [{ description: '长'.repeat(5_001) },     ['description TOO_LONG 5000']],
    [{ category: '' },                        ['category NOT_PATH']],
    [{ category: '一/二/三' },                []],
    [{ category: '一/二/三/四' },             ['category NOT_PATH']],
    [{ category: '一//三' },                  ['category NOT_PATH']],
    [{ category: '长'.repeat(32) },           []],
    [{ category: '长'.repeat(33) },           ['category NOT_PATH']],
    [{ return_rule: 'fresh' },                []],
    [{ return_rule: '随便' },                 ['return_rule NOT_RETURN_RULE']],
    [{ options: '规格' },                     ['options NOT_OPTIONS']],
    [{ options: '规格=' },                    ['options NOT_OPTIONS']],
    [{ options: '规格=小;' },                 ['options NOT_OPTIONS']],
    [{ options: '规格=小=大' },               ['options NOT_OPTIONS']],
    [{ options: '甲=1;乙=2;丙=3' },           []],
    [{ options: '甲=1;乙=2;丙=3;丁=4' },      ['options NOT_OPTIONS']],
    [{ options: `甲=${'长'.repeat(30)}` },    []],
    [{ options: `甲=${'长'.repeat(31)}` },    ['options NOT_OPTIONS']],
    [{ options: 'A=1;a=2' },                  ['options OPTION_TWICE']],
    [{ barcode: '12345678' },                 []],
    [{ barcode: '123456789' },                ['barcode NOT_BARCODE']],
    [{ barcode: '6.9E+12' },                  ['barcode NOT_BARCODE']],
    [{ weight_grams: '1' },                   []],
    [{ weight_grams: '0' },                   ['weight_grams NOT_COUNT 1–100000']],
    [{ weight_grams: '100000' },              []],
    [{ weight_grams: '100001' },              ['weight_grams NOT_COUNT 1–100000']],
    [{ price: '10000000' },                   []],
    [{ price: '10000000.01' },                ['price NOT_PRICE 10000000.00']],
    [{ price: '' },                           ['price NOT_PRICE 10000000.00']],
    [{ quantity: '1000000' },                 []],
    [{ quantity: '1000001' },                 ['quantity NOT_COUNT 0–1000000']],
    [{ quantity: '-1' },                      ['quantity NOT_COUNT 0–1000000']],
    [{ quantity: '1.5' },                     ['quantity NOT_COUNT 0–1000000']],
    [{ low_stock: '1000000000' },             []],
    [{ low_stock: '1000000001' },             ['low_stock NOT_COUNT 0–1000000000']],
    [{ on_sale: 'NO' },                       []],
    [{ on_sale: '' },                         ['on_sale NOT_YES_NO']],
    [{ on_sale: '也许' },                     ['on_sale NOT_YES_NO']],
    [{ price: 'x', on_sale: 'x', supplier: '' }, ['supplier EMPTY', 'price NOT_PRICE 10000000.00', 'on_sale NOT_YES_NO']],
  ])('%j is told %j', (but, told) => {
    expect(complaints(but)).toEqual(told);
  });
});

describe('ways and options', () => {
  it('can have any names', () => {
    const names = ['生/鲜', '反\\斜', '水果'];
    expect(namesOnPath(pathOf(names))).toEqual(names);
    expect(judged({ category: pathOf(names) })).toMatchObject({ categoryPath: pathOf(names) });
    const options = ['规=格', '颜;色'];
    const values = ['1;2', 'a\\b'];
    expect(judged({ options: optionsText(options, values) })).toMatchObject({
      optionNames: options,
      optionValues: values,
    });
  });
});
