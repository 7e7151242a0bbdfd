import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CatalogService, Category, type NewProduct, Product, type ProductId, Sku, Stock } from '#catalog';
import { newId } from '#common';
import { Shop } from '../../support/shop.js';
import { foundBy, indexAll, search } from './finding.js';

let shop: Shop;
let made = 0;

beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(async () => {
  await shop.close();
});

async function onSale(name: string, more: Partial<NewProduct> & { priceMinor?: number; quantity?: number } = {}) {
  const { priceMinor = 1_000, quantity = 10, ...rest } = more;
  made += 1;
  const product = {
    ...{ supplier: '好团自营', category: '食品', description: '', name },
    skus: [{ code: `FIND-${made}`, title: '', priceMinor, quantity }],
    ...rest,
  };
  const because = { by: 'command:test', reason: 'goods to be found' } as const;
  const [article] = await shop.source.transaction((db) => shop.get(CatalogService).add(db, [product], because));
  return article!.product.id;
}

const change = (id: ProductId, to: Partial<Product>): Promise<unknown> =>
  shop.source.manager.update(Product, { id }, to);

describe('what can be found', () => {
  it('is what is on sale, from the next run of the worker on', async () => {
    const id = await onSale('云南松露');
    expect(await foundBy(shop, '松露')).toEqual([]);
    await indexAll(shop);
    expect(await foundBy(shop, '松露')).toEqual(['云南松露']);
    await change(id, { status: 'OFF_SALE' });
    expect(await foundBy(shop, '松露')).toEqual([]);
    await indexAll(shop);
    await change(id, { status: 'ON_SALE' });
    expect(await foundBy(shop, '松露')).toEqual([]);
    await indexAll(shop);
    expect(await foundBy(shop, '松露')).toEqual(['云南松露']);
  });

  it('is found by its new name, and no more by its old one', async () => {
    const id = await onSale('章丘大葱');
    await indexAll(shop);
    await change(id, { name: '章丘香蒜' });
    await indexAll(shop);
    expect(await foundBy(shop, '大葱')).toEqual([]);
    expect(await foundBy(shop, '香蒜')).toEqual(['章丘香蒜']);
  });

  it('is found by its variants and its description too, after what is called so', async () => {
    await onSale('礼盒甲', { description: '内有燕窝一盏' });
    await onSale('燕窝');
    await indexAll(shop);
    expect(await foundBy(shop, '燕窝')).toEqual(['燕窝', '礼盒甲']);
  });

  it('has words that count as many products as they stand in, though three workers take up at once', async () => {
    await onSale('黄豆');
    const ids = await Promise.all(Array.from({ length: 30 }, (_, n) => onSale(`黄桃罐头${n}`)));
    await Promise.all([indexAll(shop), indexAll(shop), indexAll(shop)]);
    await Promise.all([
      ...ids.slice(0, 10).map((id) => change(id, { status: 'OFF_SALE' })),
      indexAll(shop),
      indexAll(shop),
    ]);
    await indexAll(shop);
    const wrong = await shop.rows(`
      SELECT term, products, COUNT(product_id) AS postings FROM search_term LEFT JOIN search_posting ON term_id = id
      GROUP BY id HAVING products <> postings`);
    expect(wrong).toEqual([]);
    expect(await foundBy(shop, '黄桃', 100)).toHaveLength(20);
    expect(await shop.rows('SELECT * FROM search_change')).toEqual([]);
  });

  it('is read again after a day, so that what sells well comes to stand higher', async () => {
    await onSale('白桃汽水');
    const better = await onSale('白桃汽水');
    await onSale('白桃汽水');
    await indexAll(shop);
    const { id: skuId } = await shop.source.manager.findOneByOrFail(Sku, { productId: better });
    await shop.source.manager.update(Stock, { skuId }, { sold: 5_000 });
    await indexAll(shop);
    const first = async (): Promise<string | undefined> =>
      (await search(shop, { text: '白桃汽水' })).products.edges[0]?.node.id;
    expect(await first()).not.toBe(better);
    await shop.rows('UPDATE search_product SET indexed_at = NOW(3) - INTERVAL 25 HOUR');
    await indexAll(shop);
    expect(await first()).toBe(better);
    await shop.source.manager.update(Stock, { skuId }, { sold: 0 });
  });
});

async function baskets(filter: Record<string, unknown>): Promise<string[]> {
  const { products } = await search(shop, { text: '竹篮', order: 'PRICE_UP', ...filter });
  return products.edges.map(({ node }) => node.name);
}

describe('a list of what is found', () => {
  beforeAll(async () => {
    for (let n = 1; n <= 7; n += 1) await onSale(`手工竹篮${n}号`, { priceMinor: n * 700, quantity: n % 3 });
    await onSale('手工竹篮特供', { priceMinor: 90_000, supplier: '竹艺坊', category: '家居' });
    await indexAll(shop);
  });

  it.each(['RELEVANCE', 'PRICE_UP', 'PRICE_DOWN', 'NEWEST'])('by %s shows each once, page by page', async (order) => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { products } = await search(shop, { text: '竹篮', order }, { first: 3, after });
      seen.push(...products.edges.map(({ node }) => node.name));
      after = products.pageInfo.hasNextPage ? products.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toHaveLength(8);
    expect(new Set(seen).size).toBe(8);
    const byPrice = ['1号', '2号', '3号', '4号', '5号', '6号', '7号', '特供'].map((n) => `手工竹篮${n}`);
    if (order === 'PRICE_UP') expect(seen).toEqual(byPrice);
    if (order === 'PRICE_DOWN' || order === 'NEWEST') expect(seen).toEqual(byPrice.toReversed());
  });

  // prettier-ignore
  it.each<[what: string, filter: Record<string, unknown>, names: string[]]>([
    ['a lowest price',           { priceFromMinor: 4_900 },                         ['7号', '特供']],
    ['a highest price',          { priceToMinor: 1_400 },                           ['1号', '2号']],
    ['a price of nothing',       { priceToMinor: 0 },                               []],
    ['both',                     { priceFromMinor: 1_400, priceToMinor: 2_100 },    ['2号', '3号']],
    ['what can be had now',      { inStock: true },                                 ['1号', '2号', '4号', '5号', '7号', '特供']],
  ])('is narrowed down by %s', async (_, filter, names) => {
    expect(await baskets(filter)).toEqual(names.map((name) => `手工竹篮${name}`));
  });

  it('is narrowed down by a category and those below it', async () => {
    const { id, parentId } = await shop.source.manager.findOneByOrFail(Category, { nameZh: '家居' });
    expect(await baskets({ categoryId: id })).toEqual(['手工竹篮特供']);
    const above = { id: newId('category'), parentId, nameZh: '百货', nameEn: 'Goods', position: 9, isShown: true };
    await shop.source.manager.insert(Category, above);
    await shop.source.manager.update(Category, { id }, { parentId: above.id });
    expect(await baskets({ categoryId: above.id })).toEqual(['手工竹篮特供']);
  });

  it('finds products by what their category is called, also after it is called otherwise', async () => {
    const { id } = await shop.source.manager.findOneByOrFail(Category, { nameZh: '家居' });
    await shop.source.manager.update(Category, { id }, { nameEn: 'Household' });
    await indexAll(shop);
    expect(await foundBy(shop, 'household')).toEqual(['手工竹篮特供']);
  });

  it('comes with what it could be narrowed down by', async () => {
    const { facets } = await shop.guest.ask<{ facets: Record<string, unknown> }>(
      `{ productSearch(input: { text: "竹篮" }) { facets {
           products categories { category { nameZh } products } suppliers { supplier { name } products }
           prices { priceFromMinor priceToMinor products } } } }`,
    );
    expect(facets).toEqual({
      products: 8,
      categories: [
        { category: { nameZh: '食品' }, products: 7 },
        { category: { nameZh: '家居' }, products: 1 },
      ],
      suppliers: [
        { supplier: { name: '好团自营' }, products: 7 },
        { supplier: { name: '竹艺坊' }, products: 1 },
      ],
      prices: [
        { priceFromMinor: 0, priceToMinor: 999, products: 1 },
        { priceFromMinor: 1_000, priceToMinor: 1_999, products: 1 },
        { priceFromMinor: 2_000, priceToMinor: 4_999, products: 5 },
        { priceFromMinor: 50_000, priceToMinor: 99_999, products: 1 },
      ],
    });
  });

  it('is narrowed down by a supplier that its facets name', async () => {
    const { facets } = await shop.guest.ask<{
      facets: { suppliers: { supplier: { id: string; name: string } }[] };
    }>('{ productSearch(input: { text: "竹篮" }) { facets { suppliers { supplier { id name } } } } }');
    const supplier = facets.suppliers.find(({ supplier: { name } }) => name === '竹艺坊')!.supplier;
    const { products } = await search(shop, { text: '竹篮', supplierId: supplier.id });
    expect(products.edges.map(({ node }) => node.name)).toEqual(['手工竹篮特供']);
  });

  it('refuses a cursor of another list', async () => {
    const after = Buffer.from(JSON.stringify(['some', 1, 'product_1'])).toString('base64url');
    await expect(search(shop, { text: '竹篮' }, { after })).rejects.toThrow('after');
  });
});

describe('what is typed', () => {
  beforeAll(async () => {
    await onSale('阳山水蜜桃');
    await onSale('阿拉斯加帝王蟹');
    await onSale('Fresh Blackberries');
    await indexAll(shop);
  });

  // prettier-ignore
  it.each<[text: string, understoodAs: string[], names: string[], hasAllWords: boolean]>([
    ['水蜜桃',           ['水蜜桃'],           ['阳山水蜜桃'],                       true],
    ['水密桃',           ['水蜜桃'],           ['阳山水蜜桃'],                       true],
    ['shuimitao',        ['水蜜桃'],           ['阳山水蜜桃'],                       true],
    ['ＢＬＡＣＫＢＥＲＲＹ', ['blackberri'],       ['Fresh Blackberries'],               true],
    ['blackbery',        ['blackberri'],       ['Fresh Blackberries'],               true],
    ['blackb',           ['blackb'],           ['Fresh Blackberries'],               true],
    ['帝王蟹 水蜜桃',    ['帝王', '蟹', '水蜜桃'],   ['阳山水蜜桃', '阿拉斯加帝王蟹'],     false],
    ['!?%_\'"\\',        [],                   [],                                   true],
    ['',                 [],                   [],                                   true],
    ['🍑',               [],                   [],                                   true],
    ['zzzzqqqq',          [],                   [],                                   false],
    ['水蜜桃 zzzzqqqq',   ['水蜜桃'],           ['阳山水蜜桃'],                       false],
  ])('%j', async (text, understoodAs, names, hasAllWords) => {
    const found = await search(shop, { text });
    expect({ ...found, products: found.products.edges.map(({ node }) => node.name).sort() }).toEqual({
      understoodAs,
      hasAllWords,
      products: names.toSorted(),
    });
  });

  it('goes on with some of the words on the next page, if the first page has found no product with all', async () => {
    const first = await search(shop, { text: '帝王蟹 水蜜桃' }, { first: 1 });
    const second = await search(
      shop,
      { text: '帝王蟹 水蜜桃' },
      { first: 1, after: first.products.pageInfo.endCursor },
    );
    const names = [first, second].flatMap(({ products }) => products.edges.map(({ node }) => node.name));
    expect(names.toSorted()).toEqual(['阳山水蜜桃', '阿拉斯加帝王蟹']);
    expect(second.products.pageInfo.hasNextPage).toBe(false);
  });

  it('is refused if it is longer than 60 characters', async () => {
    await expect(search(shop, { text: '桃'.repeat(61) })).rejects.toThrow('input.text');
  });

  it('costs five statements at most, however many words it has and however little is known of them', async () => {
    const statements = await shop.statements.during(() => foundBy(shop, '帝王蟹 水蜜桃 zzzzqqqq blackbery'));
    expect(statements).toHaveLength(5);
  });
});
