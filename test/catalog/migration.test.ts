import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import * as migrations from '../../migrations/index.js';
import { type OlderShop, shopBefore } from '../support/older-shop.js';

const { WorkTheCatalogue1795441000000: WorkTheCatalogue } = migrations;

let shop: OlderShop;
let source: DataSource;

/** A shop from before, with goods on three shelves: one variant without a title, two with titles, two with the same title. */
beforeAll(async () => {
  shop = await shopBefore(WorkTheCatalogue);
  ({ source } = shop);
  await source.query("INSERT INTO supplier (id, name) VALUES ('s', '果园')");
  for (const [id, category] of [
    ['single', '水果'],
    ['titled', '水果'],
    ['twins', '茶饮'],
    ['bare', '纸品'],
  ])
    await source.query(
      "INSERT INTO product (id, supplier_id, name, category, description, status) VALUES (?, 's', ?, ?, '', 'ON_SALE')",
      [id, id, category],
    );
  for (const [id, product, title] of [
    ['a', 'single', ''],
    ['b', 'titled', '2.5千克'],
    ['c', 'titled', '5千克 "礼盒"'],
    ['d', 'twins', '一盒'],
    ['e', 'twins', '一盒'],
  ])
    await source.query(
      "INSERT INTO sku (id, product_id, code, title, price_minor, currency) VALUES (?, ?, CONCAT('code-', ?), ?, 990, 'CNY')",
      [id, product, id, title],
    );
});
afterAll(async () => {
  await shop.close();
});

async function migrate(way: 'up' | 'down'): Promise<void> {
  const runner = source.createQueryRunner();
  await new WorkTheCatalogue()[way](runner);
  await runner.release();
}
const PRODUCTS = `SELECT product.name, category.name_zh AS category, options, return_rule, revision
  FROM product JOIN category ON category.id = category_id ORDER BY product.name`;

describe('a shop that is older than its catalogue’s options', () => {
  it('has a category for each shelf, and a value for each variant', async () => {
    await migrate('up');
    const shelves = await source.query<{ name_zh: string }[]>(
      'SELECT name_zh FROM category WHERE name_en = name_zh AND parent_id IS NULL AND is_shown ORDER BY name_zh',
    );
    expect(shelves.map(({ name_zh }) => name_zh).toSorted()).toEqual(['水果', '纸品', '茶饮'].toSorted());
    const common = { return_rule: 'SEVEN_DAYS', revision: 1 };
    const option = (...values: string[]): string => JSON.stringify([{ name: '规格', values }]);
    expect(await source.query(PRODUCTS)).toEqual([
      { name: 'bare', category: '纸品', options: '[]', ...common },
      { name: 'single', category: '水果', options: '[]', ...common },
      { name: 'titled', category: '水果', options: option('2.5千克', '5千克 "礼盒"'), ...common },
      { name: 'twins', category: '茶饮', options: option('code-d', 'code-e'), ...common },
    ]);
    expect(await source.query('SELECT code, title, option_values FROM sku ORDER BY code')).toEqual([
      { code: 'code-a', title: '', option_values: '[]' },
      { code: 'code-b', title: '2.5千克', option_values: JSON.stringify(['2.5千克']) },
      { code: 'code-c', title: '5千克 "礼盒"', option_values: JSON.stringify(['5千克 "礼盒"']) },
      { code: 'code-d', title: '一盒', option_values: JSON.stringify(['code-d']) },
      { code: 'code-e', title: '一盒', option_values: JSON.stringify(['code-e']) },
    ]);
    const prices = await source.query<object[]>('SELECT price_minor, set_by FROM sku_price');
    expect(prices).toEqual(Array.from({ length: 5 }, () => ({ price_minor: '990', set_by: 'command:migrate' })));
  });

  it('can go back and forth, whatever was done meanwhile', async () => {
    await source.query("UPDATE product SET status = 'OFF_SALE' WHERE name = 'bare'");
    await source.query("UPDATE category SET name_zh = '好茶' WHERE name_zh = '茶饮'");
    await migrate('down');
    expect(await source.query('SELECT name, category FROM product ORDER BY name')).toEqual([
      { name: 'bare', category: '纸品' },
      { name: 'single', category: '水果' },
      { name: 'titled', category: '水果' },
      { name: 'twins', category: '好茶' },
    ]);
    expect(await source.query('SELECT title FROM sku WHERE code = ?', ['code-c'])).toEqual([{ title: '5千克 "礼盒"' }]);
    await source.query(
      "INSERT INTO product (id, supplier_id, name, category, description, status) VALUES ('new', 's', 'new', '水果', '', 'ON_SALE')",
    );
    await migrate('up');
    expect(
      await source.query('SELECT COUNT(*) AS products FROM product JOIN category ON category.id = category_id'),
    ).toEqual([{ products: '5' }]);
  });
});
