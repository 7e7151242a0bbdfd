import { describe, expect, it } from '@jest/globals';
import { Product, type ProductId, Sku, type SkuId, type SupplierId } from '#catalog';
import { newId } from '#common';
import { changesOf } from '../../../src/catalog/importing/import-changes.rules.js';
import {
  mistakesInProduct,
  optionsWith,
  type PlacedLine,
  type StandingProduct,
} from '../../../src/catalog/importing/import-product.rules.js';

const SUPPLIER: SupplierId = newId('supplier');
const CATEGORY = newId('category');
const PRODUCT: ProductId = newId('product');
const [SMALL, LARGE]: SkuId[] = [newId('sku'), newId('sku')];
const NOW = new Date('2026-11-22T00:00:00Z');

const line = (number: number, but: Partial<PlacedLine> = {}): PlacedLine => ({
  ...{
    line: number,
    supplierName: '茶园',
    categoryPath: '茶',
    productName: '红茶',
    description: '',
    returnRule: 'SEVEN_DAYS',
  },
  ...{
    optionNames: ['规格'],
    optionValues: [`${number}`],
    code: `C${number}`,
    barcode: null,
    weightGrams: null,
    priceMinor: 100,
  },
  ...{ quantity: 0, lowStockUnits: null, isOnSale: true, supplierId: SUPPLIER, categoryId: CATEGORY },
  ...{ skuId: null, foundSkuId: null, ...but },
});
const known = (number: number, id: SkuId, but: Partial<PlacedLine> = {}): PlacedLine =>
  line(number, { skuId: id, foundSkuId: id, ...but });
const sku = (id: SkuId, value: string, but: Partial<Sku> = {}): Sku =>
  Object.assign(new Sku(), {
    ...{ id, productId: PRODUCT, code: value, barcode: null, title: value, optionValues: [value], priceMinor: 100 },
    ...{ weightGrams: null, currency: 'CNY' as const, lowStockUnits: null, isRetired: false, ...but },
  });
const standing = (but: Partial<Product> = {}, skus = [sku(SMALL!, '小'), sku(LARGE!, '大')]): StandingProduct => ({
  product: Object.assign(new Product(), {
    ...{
      id: PRODUCT,
      supplierId: SUPPLIER,
      categoryId: CATEGORY,
      name: '红茶',
      description: '',
      returnRule: 'SEVEN_DAYS' as const,
    },
    ...{
      options: [{ name: '规格', values: ['小', '大'] }],
      status: 'ON_SALE' as const,
      saleFrom: null,
      saleUntil: null,
    },
    ...{ revision: 4, ...but },
  }),
  skus,
});
const small = (but: Partial<PlacedLine> = {}): PlacedLine => known(2, SMALL!, { optionValues: ['小'], ...but });
const OTHER = newId('sku');
const HUNDRED = Array.from({ length: 100 }, (_, number) => sku(newId('sku'), `v${number % 30}-${number}`));
const THIRTY = { options: [{ name: '规格', values: Array.from({ length: 30 }, (_, number) => `v${number}`) }] };

describe('lines of one product', () => {
  // prettier-ignore
  it.each<{ what: string; lines: PlacedLine[]; at: StandingProduct | null; makes?: boolean; told: string[] }>([
    { what: 'that fit a new one',                      lines: [line(2), line(3)],                                  at: null,       told: [] },
    { what: 'that fit one that is there',              lines: [small(), line(3)],                                  at: standing(), told: [] },
    { what: 'that say other things of it',             lines: [line(2), line(3, { description: 'x', isOnSale: false })], at: null, told: ['3 description DIFFERS 2', '3 on_sale DIFFERS 2'] },
    { what: 'of other names, rules and categories',    lines: [line(2), line(3, { productName: 'x', returnRule: 'FRESH', categoryPath: 'x', supplierName: 'x' })], at: null,
      told: ['3 product DIFFERS 2', '3 supplier DIFFERS 2', '3 category DIFFERS 2', '3 return_rule DIFFERS 2'] },
    { what: 'of a supplier that is not there',         lines: [line(2, { supplierId: null })],                     at: null,       told: ['2 supplier SUPPLIER_UNKNOWN'] },
    { what: 'of a category that is not there',         lines: [line(2, { categoryId: null })],                     at: null,       told: ['2 category CATEGORY_UNKNOWN'] },
    { what: 'of either, if they will be made',         lines: [line(2, { categoryId: null, supplierId: null })],   at: null, makes: true, told: [] },
    { what: 'that move it to another supplier',        lines: [small({ supplierId: newId('supplier') })],          at: standing(), told: ['2 supplier SUPPLIER_FIXED'] },
    { what: 'that move it to a supplier to be made',   lines: [small({ supplierId: null })],                       at: standing(), makes: true, told: ['2 supplier SUPPLIER_FIXED'] },
    { what: 'whose code was taken since',              lines: [line(2, { foundSkuId: OTHER })],                    at: null,       told: ['2 sku_code CODE_TAKEN'] },
    { what: 'whose code is gone since',                lines: [small({ foundSkuId: null })],                       at: standing(), told: ['2 sku_code CODE_GONE'] },
    { what: 'whose code is another SKU’s since',       lines: [small({ foundSkuId: OTHER })],                      at: standing(), told: ['2 sku_code CODE_GONE'] },
    { what: 'with other values of a SKU',              lines: [small({ optionValues: ['大'] })],                   at: standing(), told: ['2 options OPTIONS_FIXED'] },
    { what: 'with another name of its option',         lines: [small({ optionNames: ['尺寸'] })],                  at: standing(), told: ['2 options OPTIONS_FIXED'] },
    { what: 'with units for a SKU that is there',      lines: [small({ quantity: 1 })],                            at: standing(), told: ['2 quantity QUANTITY_OF_KNOWN'] },
    { what: 'with units for a new one',                lines: [line(2, { quantity: 1 })],                          at: null,       told: [] },
    { what: 'with other options than the first',       lines: [line(2), line(3, { optionNames: [], optionValues: [] })], at: null, told: ['3 options OPTION_NAMES 规格'] },
    { what: 'with other options than the product',     lines: [line(2, { optionNames: ['规格', '颜色'], optionValues: ['小', '红'] })], at: standing(), told: ['2 options OPTION_NAMES 规格'] },
    { what: 'with a combination that a SKU has',       lines: [line(2, { optionValues: ['大'] })],                 at: standing(), told: ['2 options COMBINATION_TAKEN'] },
    { what: 'with a combination twice',                lines: [line(2), line(3, { optionValues: ['2'] })],         at: null,       told: ['3 options COMBINATION_TAKEN'] },
    { what: 'of two SKUs without options',             lines: [line(2, { optionNames: [], optionValues: [] }), line(3, { optionNames: [], optionValues: [] })], at: null, told: ['3 options COMBINATION_TAKEN'] },
    { what: 'with values that look alike',             lines: [line(2, { optionValues: ['XL'] }), line(3, { optionValues: ['xl'] })], at: null, told: ['3 options VALUES_ALIKE XL'] },
    { what: 'with a value too many',                   lines: [line(2, { optionValues: ['w'] })],                  at: standing(THIRTY, []), told: ['2 options TOO_MANY_VALUES'] },
    { what: 'with the last value of thirty',           lines: [line(2, { optionValues: ['v29'] })],                at: standing(THIRTY, []), told: [] },
    { what: 'with the hundred and first SKU',          lines: [line(2, { optionValues: ['v29'] })],                at: standing(THIRTY, HUNDRED), told: ['2 - TOO_MANY_SKUS'] },
    { what: 'with the hundredth SKU',                  lines: [line(2, { optionValues: ['v29'] })],                at: standing(THIRTY, HUNDRED.slice(1)), told: [] },
    { what: 'that sell what is retired as a whole',    lines: [small()],                                           at: standing({}, [sku(SMALL!, '小', { isRetired: true })]), told: ['2 on_sale NO_SKU_TO_SELL'] },
    { what: 'that sell what has another SKU',          lines: [small()],                                           at: standing({}, [sku(SMALL!, '小', { isRetired: true }), sku(LARGE!, '大')]), told: [] },
    { what: 'that do not sell what is retired',        lines: [small({ isOnSale: false })],                        at: standing({}, [sku(SMALL!, '小', { isRetired: true })]), told: [] },
    { what: 'that add what can be sold',               lines: [small(), line(3)],                                  at: standing({}, [sku(SMALL!, '小', { isRetired: true })]), told: [] },
  ])('$what are told what is wrong', ({ lines, at, makes = false, told }) => {
    const mistakes = mistakesInProduct(lines, at, makes);
    expect(mistakes.map(({ line: number, column, kind, detail }) => `${number} ${column ?? '-'} ${kind} ${detail}`.trim())).toEqual(told);
  });
});

describe('the options of a product', () => {
  it('are those of its lines, each value once, in their order', () => {
    const lines = [line(2), line(3), line(4, { optionValues: ['2'] })];
    expect(optionsWith(null, lines)).toEqual([{ name: '规格', values: ['2', '3'] }]);
    expect(optionsWith([{ name: '规格', values: ['小', '3'] }], lines)).toEqual([
      { name: '规格', values: ['小', '3', '2'] },
    ]);
    expect(optionsWith(null, [line(2, { optionNames: [], optionValues: [] })])).toEqual([]);
  });
});

describe('what lines make of their product', () => {
  it('is a product and its SKUs with their units, if it is new', () => {
    const { added, skusAdded, changed, turnedTo } = changesOf(
      [line(2, { isOnSale: false }), line(3, { quantity: 5 })],
      null,
      NOW,
    );
    expect([changed, turnedTo]).toEqual([null, null]);
    expect(added).toMatchObject({
      ...{ name: '红茶', supplierId: SUPPLIER, categoryId: CATEGORY, revision: 1, status: 'OFF_SALE' },
      saleFrom: null,
    });
    expect(skusAdded.map(({ sku: { productId, title, code }, units }) => [productId, title, code, units])).toEqual([
      [added!.id, '2', 'C2', 0],
      [added!.id, '3', 'C3', 5],
    ]);
  });

  it('is nothing, if they say what is so', () => {
    expect(changesOf([small()], standing(), NOW)).toEqual({
      ...{ added: null, changed: null, isReworded: false, turnedTo: null, skusAdded: [], skusChanged: [] },
    });
  });

  it('is a price, which is no change of the product', () => {
    const { changed, skusChanged } = changesOf([small({ priceMinor: 99 })], standing(), NOW);
    expect(changed).toBeNull();
    expect(skusChanged.map(({ before, after }) => [before.priceMinor, after.priceMinor])).toEqual([[100, 99]]);
  });

  it.each([{ lowStockUnits: 0 }, { weightGrams: 250 }, { barcode: '12345670' }])(
    'is a revision, if a SKU says %j',
    (but) => {
      const { changed, isReworded, skusChanged } = changesOf([small(but)], standing(), NOW);
      expect([changed!.after.revision, isReworded, skusChanged.length]).toEqual([5, false, 1]);
    },
  );

  it.each([
    { productName: '绿茶' },
    { description: 'x' },
    { returnRule: 'FRESH' as const },
    { categoryId: newId('category') },
  ])('is a revision with other words, if they say %j', (but) => {
    const { changed, isReworded, turnedTo } = changesOf([small(but)], standing(), NOW);
    expect([changed!.before.revision, changed!.after.revision, isReworded, turnedTo]).toEqual([4, 5, true, null]);
  });

  // prettier-ignore
  it.each([
    { what: 'off sale',                                  at: {},                                                           isOnSale: false, turnedTo: 'OFF_SALE', times: [null, null] },
    { what: 'on sale',                                   at: { status: 'OFF_SALE' as const },                              isOnSale: true,  turnedTo: 'ON_SALE',  times: [null, null] },
    { what: 'on sale now, which was to come',            at: { status: 'OFF_SALE' as const, saleFrom: new Date('2027-01-01'), saleUntil: new Date('2027-02-01') }, isOnSale: true, turnedTo: 'ON_SALE', times: [null, new Date('2027-02-01')] },
    { what: 'off sale, which the clock is late to turn', at: { saleUntil: new Date('2026-01-01') },                        isOnSale: true,  turnedTo: null,       times: [null, null] },
  ])('is $what', ({ at, isOnSale, turnedTo, times }) => {
    const changes = changesOf([small({ isOnSale })], standing(at), NOW);
    expect([changes.turnedTo, [changes.changed!.after.saleFrom, changes.changed!.after.saleUntil]]).toEqual([turnedTo, times]);
  });

  it('leaves times of sale that are to come, if they say how it stands', () => {
    const at = standing({ status: 'OFF_SALE', saleFrom: new Date('2027-01-01') });
    expect(changesOf([small({ isOnSale: false })], at, NOW).changed).toBeNull();
  });
});
