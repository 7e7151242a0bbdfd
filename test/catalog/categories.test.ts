import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Category, type CategoryId, Product } from '#catalog';
import { newId } from '#common';
import { anOffer, type OnSale } from '../support/builders.js';
import { aProduct, tell, type Told } from '../support/catalogue.js';
import type { Desk } from '../support/desk.js';
import { Shop } from '../support/shop.js';
import { expectSound } from '../support/sound.js';

let shop: Shop;
let cato: Desk;
let pears: OnSale;

beforeAll(async () => {
  shop = await Shop.open();
  cato = await shop.operator('cato', 'CATALOG');
  pears = await anOffer(shop);
});
afterAll(async () => {
  await shop.close();
});

let named = 0;
const add = (but: object = {}): Promise<Told> => {
  named += 1;
  const names = { nameZh: `分类${named}`, nameEn: `Category ${named}` };
  return tell(cato, 'categoryAdd', { ...names, position: named, isShown: true, ...but });
};
const listed = async (categoryId: string): Promise<string[]> => {
  const query = 'query ($id: ID) { products(categoryId: $id, first: 100) { edges { node { id } } } }';
  const { edges } = await shop.guest.ask<{ edges: { node: { id: string } }[] }>(query, { id: categoryId });
  return edges.map(({ node }) => node.id);
};

describe('the tree of categories', () => {
  it('has three levels, of which strangers see what is shown, in their language and in order', async () => {
    const food = await add({ nameZh: '食品', nameEn: 'Food', position: 1 });
    const meat = await add({ parentId: food.id, nameZh: '肉', nameEn: 'Meat', position: 2 });
    const fruit = await add({ parentId: food.id, nameZh: '水果', nameEn: 'Fruit', position: 1 });
    const apples = await add({ parentId: fruit.id, nameZh: '苹果', nameEn: 'Apples' });
    await add({ parentId: fruit.id, isShown: false });
    const hidden = await add({ isShown: false, position: 0 });
    expect((await add({ parentId: apples.id })).__typename).toBe('CategoryTooDeep');
    const tree = await shop.guest.ask<object[]>('{ categories { id name children { id children { id name } } } }');
    expect(tree).toContainEqual({
      ...{ id: food.id, name: '食品' },
      children: [
        { id: fruit.id, children: [{ id: apples.id, name: '苹果' }] },
        { id: meat.id, children: [] },
      ],
    });
    expect(tree).not.toContainEqual(expect.objectContaining({ id: hidden.id }));
    const all = await cato.ask<{ id: string; isShown: boolean }[]>('{ allCategories { id isShown } }');
    expect(all).toContainEqual({ id: hidden.id, isShown: false });
  });

  it('has no two neighbours of one name, and cousins may share it', async () => {
    const [one, other] = [await add(), await add()];
    await add({ parentId: one.id, nameZh: '特价' });
    expect((await add({ parentId: one.id, nameZh: '特价' })).__typename).toBe('CategoryNameTaken');
    expect((await add({ parentId: other.id, nameZh: '特价' })).__typename).toBe('Category');
    await add({ nameZh: '顶层' });
    expect((await add({ nameZh: '顶层' })).__typename).toBe('CategoryNameTaken');
  });

  it('lets a category go elsewhere with all that is below it, but not into itself', async () => {
    const [from, to] = [await add(), await add()];
    const moved = await add({ parentId: from.id });
    const below = await add({ parentId: moved.id });
    const contents = { nameZh: '搬家', nameEn: 'Moved', position: 3, isShown: false };
    const change = (parentId: string) => tell(cato, 'categoryChange', { ...contents, categoryId: moved.id, parentId });
    expect(await change(to.id)).toMatchObject({ ...contents, parentId: to.id });
    expect((await change(below.id)).__typename).toBe('CategoryTooDeep');
    expect((await change(below.id)).message).toContain('3级');
  });

  it('is moved by two at once without a circle', async () => {
    const [one, other] = [await add(), await add()];
    const under = (id: string, parentId: string): Promise<Told> =>
      tell(cato, 'categoryChange', {
        categoryId: id,
        parentId,
        nameZh: id.slice(-20),
        nameEn: 'x',
        position: 1,
        isShown: true,
      });
    const answers = await Promise.all([under(one.id, other.id), under(other.id, one.id)]);
    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual(['Category', 'CategoryTooDeep']);
    await expectSound(shop);
  });
});

describe('a category', () => {
  it('lists its own products and those of all categories below it', async () => {
    const top = await add();
    const middle = await add({ parentId: top.id });
    const bottom = await add({ parentId: middle.id });
    const made: string[] = [];
    for (const { id: categoryId } of [top, middle, bottom]) {
      const { id } = await tell(cato, 'productAdd', await aProduct(shop, pears.productId, { categoryId }));
      made.push(id);
    }
    const of = async (id: string): Promise<string[]> => {
      const query = 'query ($id: ID) { allProducts(categoryId: $id, status: OFF_SALE) { edges { node { id } } } }';
      const { edges } = await cato.ask<{ edges: { node: { id: string } }[] }>(query, { id });
      return edges.map(({ node }) => node.id).toReversed();
    };
    expect(await of(top.id)).toEqual(made);
    expect(await of(middle.id)).toEqual(made.slice(1));
    expect(await of(bottom.id)).toEqual(made.slice(2));
    expect(await listed(top.id)).toEqual([]);
  });

  it('is shown with its products', async () => {
    const { categoryId } = await shop.source.manager.findOneByOrFail(Product, { id: pears.productId });
    expect(await listed(categoryId)).toContain(pears.productId);
    const page = 'query ($id: ID!) { product(id: $id) { category { id nameZh } } }';
    expect(await shop.guest.ask(page, { id: pears.productId })).toEqual({
      category: { id: categoryId, nameZh: '水果' },
    });
  });

  it('is removed only when nothing stands in it', async () => {
    const [top, full] = [await add(), await add()];
    const inside = await add({ parentId: top.id });
    await tell(cato, 'productAdd', await aProduct(shop, pears.productId, { categoryId: full.id }));
    const remove = (categoryId: string): Promise<Told> => tell(cato, 'categoryRemove', { categoryId });
    expect((await remove(top.id)).__typename).toBe('CategoryNotEmpty');
    expect((await remove(full.id)).__typename).toBe('CategoryNotEmpty');
    expect((await remove(inside.id)).__typename).toBe('Category');
    expect((await remove(top.id)).__typename).toBe('Category');
    expect(await shop.source.manager.countBy(Category, { id: top.id as CategoryId })).toBe(0);
  });

  it('is either removed or gets a product, if both are asked for at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id: categoryId } = await add();
      const product = await aProduct(shop, pears.productId, { categoryId });
      const [removed, added] = await Promise.allSettled([
        tell(cato, 'categoryRemove', { categoryId }),
        tell(cato, 'productAdd', product),
      ]);
      const isRemoved = removed.status === 'fulfilled' && removed.value.__typename === 'Category';
      expect(added.status).toBe(isRemoved ? 'rejected' : 'fulfilled');
      if (added.status === 'rejected') expect(String(added.reason)).toContain('NOT_FOUND');
      expect(await shop.source.manager.countBy(Category, { id: categoryId as CategoryId })).toBe(isRemoved ? 0 : 1);
    }
    await expectSound(shop);
  });

  it('is refused with what is wrong with it', async () => {
    const input = { nameZh: ' 空格', nameEn: '', position: -1, isShown: true, parentId: 'nonsense', reason: '' };
    const { errors } = await cato.send(
      'mutation ($input: CategoryAddInput!) { categoryAdd(input: $input) { __typename } }',
      { input },
    );
    const { fields = [] } = errors![0]!.extensions;
    expect(fields.map(({ path }) => path).toSorted()).toEqual(
      ['nameEn', 'nameZh', 'parentId', 'position', 'reason'].map((name) => `input.${name}`),
    );
    await expect(add({ parentId: newId('category') })).rejects.toThrow('NOT_FOUND');
  });
});
