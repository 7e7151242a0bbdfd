import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApplyingService, Category, ImportsService } from '#catalog';
import { Refused, Transactor } from '#common';
import { tell } from '../../support/catalogue.js';
import {
  articleOf,
  begun,
  BY_COMMAND,
  checked,
  complaintsAbout,
  fileLine,
  fileOf,
  imported,
  mistakesOf,
} from '../../support/catalogue-files.js';
import { Shop } from '../../support/shop.js';
import { expectSound } from '../../support/sound.js';

let shop: Shop;

beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(async () => {
  await expectSound(shop);
  await shop.close();
});

const countOf = async (table: string): Promise<number> =>
  Number((await shop.rows<{ many: string }>(`SELECT COUNT(*) AS many FROM ${table}`))[0]!.many);
const actsOn = (id: string): Promise<{ kind: string }[]> =>
  shop.rows('SELECT kind FROM audit_entry WHERE subject_id = (SELECT id FROM sku WHERE code = ?) ORDER BY id', [id]);

describe('a file of products', () => {
  it('as docs/CATALOGUE.md shows it makes products with options, prices, stock and where they stand', async () => {
    const at = await imported(shop, await readFile('test/samples/catalogue.csv', 'utf8'));
    expect(at).toMatchObject({ status: 'DONE', linesTotal: 4, linesApplied: 4, linesFailed: 0 });
    const { product, ...gift } = await articleOf(shop, 'YL-SL-25-LH');
    expect(gift).toMatchObject({
      title: '2.5千克 礼盒',
      priceMinor: 5_990,
      barcode: '6901234567892',
      lowStockUnits: 10,
      weightGrams: 2_800,
    });
    expect(product).toMatchObject({
      ...{ name: '蒙自石榴', status: 'ON_SALE', returnRule: 'FRESH', revision: 1 },
      description: '产地直发，现摘现发。\n单果 300 克以上。',
      options: [
        { name: '规格', values: ['2.5千克', '5千克'] },
        { name: '包装', values: ['礼盒', '简装'] },
      ],
    });
    const stock = await shop.rows('SELECT on_hand FROM stock WHERE sku_id = (SELECT id FROM sku WHERE code = ?)', [
      'YL-XG',
    ]);
    expect(stock).toEqual([{ on_hand: 200 }]);
    const tea = await articleOf(shop, 'XP-GS-250');
    expect(tea.product).toMatchObject({
      status: 'OFF_SALE',
      description: '-18°C 冷藏可存三年',
      returnRule: 'SEVEN_DAYS',
    });
    const fruit = await shop.source.manager.findOneByOrFail(Category, { id: product.categoryId });
    expect(fruit).toMatchObject({ nameZh: '水果', isShown: true });
    expect(await actsOn('YL-XG')).toEqual([{ kind: 'catalog.skuAdded' }]);
  });

  it('that is imported again changes nothing', async () => {
    const text = (await readFile('test/samples/catalogue.csv', 'utf8')).replaceAll(/,(120|80|200|30),/g, ',,');
    const before = await Promise.all(['audit_entry', 'sku_price', 'product', 'sku', 'stock_move'].map(countOf));
    const at = await imported(shop, text);
    expect(at).toMatchObject({ status: 'DONE', linesApplied: 4 });
    const after = await Promise.all(['audit_entry', 'sku_price', 'product', 'sku', 'stock_move'].map(countOf));
    // That it was applied is an act of its own.
    expect(after).toEqual(before.with(0, before[0]! + 1));
    expect((await articleOf(shop, 'YL-XG')).product.revision).toBe(1);
  });

  it('changes what has a code already: its product, its price with the history, its threshold; and adds what is new', async () => {
    await imported(shop, fileOf(fileLine({ code: 'CH-1', product: '甲', options: '规格=小' })));
    const line = { product: '乙', description: '改过', category: '饮品', onSale: 'no' };
    const at = await imported(
      shop,
      fileOf(
        fileLine({ ...line, code: 'ch-1', options: '规格=小', weight: '250', price: '1.5', lowStock: '3' }),
        fileLine({ ...line, code: 'CH-2', options: '规格=大', price: '2', quantity: '7' }),
      ),
    );
    expect(at.status).toBe('DONE');
    const [small, large] = [await articleOf(shop, 'CH-1'), await articleOf(shop, 'CH-2')];
    expect(small).toMatchObject({ priceMinor: 150, weightGrams: 250, lowStockUnits: 3, code: 'CH-1' });
    expect(small.product).toMatchObject({ name: '乙', description: '改过', status: 'OFF_SALE', revision: 2 });
    expect(small.product.options).toEqual([{ name: '规格', values: ['小', '大'] }]);
    expect(large.productId).toBe(small.productId);
    const prices = await shop.rows(
      'SELECT price_minor AS price_minor, set_by, reason FROM sku_price WHERE sku_id = (SELECT id FROM sku WHERE code = ?) ORDER BY id',
      ['CH-1'],
    );
    expect(prices.map((row) => ({ ...(row as object) }))).toMatchObject([
      { price_minor: '2990' },
      { price_minor: '150', set_by: 'command:test', reason: '秋季上新' },
    ]);
    expect((await actsOn('CH-1')).map(({ kind }) => kind)).toEqual([
      ...['catalog.skuAdded', 'catalog.skuChanged', 'catalog.skuPriced'],
    ]);
    const [acts] = await shop.rows<{ kinds: string }>(
      `SELECT GROUP_CONCAT(kind ORDER BY id) AS kinds FROM audit_entry WHERE subject_type = 'product'
       AND subject_id = (SELECT product_id FROM sku WHERE code = 'CH-1')`,
    );
    expect(acts!.kinds).toBe('catalog.productTakenOffSale,catalog.productChanged');
  });

  it('with a mistake is refused as a whole, with every mistake by its line and column', async () => {
    const products = await countOf('product');
    const text = fileOf(
      fileLine({ code: 'BAD-1', description: '"两\n行"' }),
      fileLine({ code: 'BAD-1', price: '1.999' }),
      fileLine({ code: 'BAD-2', product: '别的' }),
      fileLine({ code: 'bad-2', product: '又一个' }),
      '只有,三个,单元格',
      fileLine({ code: 'BAD-3', product: '丙', description: '坏"引号' }),
      fileLine({ code: 'BAD-4', product: '丙', options: '规格=小' }),
      fileLine({ code: 'BAD-5', product: '丙', options: '规格=小', category: '饮品' }),
    );
    const at = await checked(shop, text);
    expect(at.status).toBe('REFUSED');
    expect(await complaintsAbout(shop, at)).toEqual([
      ...['4 price NOT_PRICE', '6 sku_code CODE_TWICE', '7 - CELL_COUNT', '8 - QUOTE_MISPLACED'],
      ...['10 category DIFFERS', '10 options COMBINATION_TAKEN'],
    ]);
    expect(at.mistakesTotal).toBe(6);
    expect(await countOf('product')).toBe(products);
    await expect(
      shop.get(Transactor).run((db) => shop.get(ImportsService).begin(db, at.id, BY_COMMAND)),
    ).rejects.toThrow(Refused);
  });

  it('with a thousand bad lines tells of all of them', async () => {
    const bad = Array.from({ length: 1_000 }, (_, number) => fileLine({ code: `M-${number}`, price: '多少' }));
    const mistakes = await mistakesOf(shop, await checked(shop, fileOf(...bad)));
    expect(mistakes.map(({ line }) => line)).toEqual(bad.map((_, index) => index + 2));
  });

  // prettier-ignore
  it.each<{ what: string; text: string; told: string[] }>([
    { what: 'nothing',                       text: '',                                                             told: ['1 - FILE_EMPTY'] },
    { what: 'a header only',                 text: fileOf(),                                                       told: ['1 - FILE_EMPTY'] },
    { what: 'a strange and a missing column', text: fileOf(fileLine()).replace('price', 'cost'),                   told: ['1 - COLUMN_UNKNOWN', '1 price COLUMN_MISSING'] },
    { what: 'a column twice',                text: fileOf(fileLine()).replace('price', 'barcode'),                 told: ['1 barcode COLUMN_TWICE', '1 price COLUMN_MISSING'] },
    { what: 'a quote that never ends',       text: fileOf(fileLine({ description: '"x' }), fileLine({ price: 'x' })), told: ['2 - QUOTE_NOT_CLOSED', '3 price NOT_PRICE'] },
  ])('with $what is refused', async ({ text, told }) => {
    const at = await checked(shop, text);
    expect([at.status, await complaintsAbout(shop, at)]).toEqual(['REFUSED', told]);
  });

  it('that is not UTF-8 is refused, with the line', async () => {
    const text = Buffer.concat([Buffer.from(fileOf(fileLine({ code: 'U-1' }))), Buffer.from([0xb2, 0xe8, 0x0a])]);
    expect(await complaintsAbout(shop, await checkedBytes(text))).toEqual(['3 - NOT_UTF8']);
  });

  it('names suppliers and categories that are there, unless it may make them', async () => {
    const text = fileOf(fileLine({ code: 'NEW-1', supplier: '没有的供应商', category: '没有/的/分类', product: '丁' }));
    const at = await checked(shop, text, false);
    expect(await complaintsAbout(shop, at)).toEqual(['2 category CATEGORY_UNKNOWN', '2 supplier SUPPLIER_UNKNOWN']);
    expect((await imported(shop, text)).status).toBe('DONE');
  });

  it('leaves the supplier and the options of a SKU as they are', async () => {
    await imported(shop, fileOf(fileLine({ code: 'FIX-1', product: '戊', options: '规格=小' })));
    const at = await checked(
      shop,
      fileOf(fileLine({ code: 'FIX-1', product: '戊', options: '规格=大', supplier: '云岭果业', quantity: '4' })),
    );
    expect(await complaintsAbout(shop, at)).toEqual([
      ...['2 options OPTIONS_FIXED', '2 quantity QUANTITY_OF_KNOWN', '2 supplier SUPPLIER_FIXED'],
    ]);
  });

  it('with more SKUs for a product than it may have is refused', async () => {
    const lines = Array.from({ length: 130 }, (_, number) =>
      fileLine({ code: `TM-${number}`, product: '己', options: `甲=${Math.floor(number / 30)};乙=${number % 30}` }),
    );
    expect(await complaintsAbout(shop, await checked(shop, fileOf(...lines)))).toEqual(['102 - TOO_MANY_SKUS']);
  });

  it('with a new SKU for a name that several products have is refused, as nobody knows which is meant', async () => {
    await imported(shop, fileOf(fileLine({ code: 'AM-1', product: '庚' })));
    await imported(shop, fileOf(fileLine({ code: 'AM-2', product: '辛' })));
    await imported(shop, fileOf(fileLine({ code: 'AM-2', product: '庚' })));
    const at = await checked(shop, fileOf(fileLine({ code: 'AM-3', product: '庚' })));
    expect(await complaintsAbout(shop, at)).toContain('2 product PRODUCT_AMBIGUOUS');
  });
});

describe('a file that is being applied', () => {
  it('keeps a line whose code was taken meanwhile as failed, and goes on with the others', async () => {
    const olga = await shop.operator('olga');
    const at = await begun(
      shop,
      fileOf(
        fileLine({ code: 'TAKEN', product: '壬', options: '规格=小' }),
        fileLine({ code: 'FREE', product: '壬', options: '规格=大' }),
      ),
    );
    const { product } = await articleOf(shop, 'YL-SL-25-LH');
    await tell(olga, 'skuAdd', {
      productId: product.id,
      revision: product.revision,
      values: ['2.5千克', '简装'],
      code: 'TAKEN',
      priceMinor: 1,
    });
    const end = await shop.get(ApplyingService).apply(at.id, null);
    expect(end).toMatchObject({ status: 'DONE_WITH_FAILURES', linesApplied: 1, linesFailed: 1, mistakesTotal: 1 });
    expect(await complaintsAbout(shop, at)).toEqual(['2 sku_code CODE_TAKEN']);
    expect((await articleOf(shop, 'FREE')).product.name).toBe('壬');
  });

  it('is applied once though three do it at the same time', async () => {
    const lines = Array.from({ length: 1_200 }, (_, number) =>
      fileLine({ code: `ONCE-${number}`, product: `并发${number >> 1}`, options: `规格=${number % 2}`, quantity: '5' }),
    );
    const at = await begun(shop, fileOf(...lines));
    const applying = shop.get(ApplyingService);
    const ends = await Promise.all([1, 2, 3].map(() => applying.apply(at.id, null)));
    expect(ends.map(({ status }) => status)).toEqual(['DONE', 'DONE', 'DONE']);
    const [stock] = await shop.rows<{ skus: string; units: string }>(
      `SELECT COUNT(*) AS skus, SUM(on_hand) AS units FROM stock JOIN sku ON sku.id = sku_id WHERE code LIKE 'ONCE-%'`,
    );
    expect({ ...stock }).toEqual({ skus: '1200', units: '6000' });
  });
});

async function checkedBytes(bytes: Buffer) {
  const { Readable } = await import('node:stream');
  const { StagingService, CheckingService } = await import('#catalog');
  const { id } = await shop
    .get(StagingService)
    .stage(Readable.from([bytes]), { by: 'command:test', makesMissing: true });
  return shop.get(CheckingService).check(id);
}
