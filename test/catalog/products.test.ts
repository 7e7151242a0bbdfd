import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Category, Product, type ProductId } from '#catalog';
import { newId } from '#common';
import { anOffer } from '../support/builders.js';
import type { CheckoutAnswer } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSound } from '../support/sound.js';

interface Listed {
  readonly edges: readonly { readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

let shop: Shop;

beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(async () => {
  await shop.close();
});

const list = (first: number, after: string | null = null): Promise<Listed> =>
  shop.guest.ask(
    'query ($first: Int!, $after: String) { products(first: $first, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }',
    { first, after },
  );
const idsOf = ({ edges }: Listed): string[] => edges.map(({ node }) => node.id);
const takeOffSale = (id: string): Promise<unknown> =>
  shop.source.manager.update(Product, { id: id as ProductId }, { status: 'OFF_SALE' });

describe('the list of products', () => {
  it('shows each once, newest first, though more come in between the pages', async () => {
    const made: string[] = [];
    for (let number = 0; number < 7; number += 1) made.push((await anOffer(shop)).productId);

    const first = await list(3);
    await anOffer(shop);
    const second = await list(3, first.pageInfo.endCursor);
    const third = await list(3, second.pageInfo.endCursor);

    expect([first, second, third].flatMap(idsOf)).toEqual(made.toReversed());
    expect([first, second, third].map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, true, false]);
  });

  it('does not show what is not on sale, but its page stays', async () => {
    const { productId } = await anOffer(shop);
    await takeOffSale(productId);
    expect(idsOf(await list(100))).not.toContain(productId);
    const page = await shop.guest.ask('query ($id: ID!) { product(id: $id) { status } }', { id: productId });
    expect(page).toEqual({ status: 'OFF_SALE' });
  });

  it('shows one shelf if asked for it', async () => {
    const { productId } = await anOffer(shop);
    const categoryId = newId('category');
    const names = { nameZh: '茶饮', nameEn: 'Tea' };
    await shop.source.manager.insert(Category, {
      id: categoryId,
      parentId: null,
      ...names,
      position: 1,
      isShown: true,
    });
    await shop.source.manager.update(Product, { id: productId }, { categoryId });
    const shelf = await shop.guest.ask<Listed>(
      'query ($id: ID!) { products(categoryId: $id) { edges { node { id } } pageInfo { hasNextPage } } }',
      { id: categoryId },
    );
    expect(idsOf(shelf)).toEqual([productId]);
  });

  it('is all of it for a client that says null for what it does not want', async () => {
    const everything = await shop.guest.ask<Listed>(
      'query ($none: String, $any: ID) { products(first: 100, after: $none, categoryId: $any) { edges { node { id } } } }',
      { none: null, any: null },
    );
    expect(idsOf(everything)).toEqual(idsOf(await list(100)));
  });

  it('of a page that is none of its own says which argument is wrong', async () => {
    for (const after of [
      'nonsense',
      Buffer.from('["team_1"]').toString('base64url'),
      Buffer.from('[1]').toString('base64url'),
    ]) {
      const { errors } = await shop.guest.send(
        'query ($after: String) { products(after: $after) { edges { cursor } } }',
        { after },
      );
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'after' }] });
    }
  });

  it('answers null for a product that does not exist', async () => {
    expect(await shop.guest.ask('query ($id: ID!) { product(id: $id) { id } }', { id: newId('product') })).toBeNull();
  });
});

describe('buying', () => {
  it('what is off sale, or does not exist, is refused by name', async () => {
    const { productId, skuId } = await anOffer(shop);
    const ana = await shop.login('ana');
    await takeOffSale(productId);
    expect((await ana.buy(skuId)).__typename).toBe('NotOnSale');
    expect((await ana.buy(newId('sku'))).__typename).toBe('NotOnSale');
  });

  it('off sale by a team is refused as well', async () => {
    const { productId, offer } = await anOffer(shop);
    const ana = await shop.login('ana');
    await takeOffSale(productId);
    expect((await ana.open(offer.id)).__typename).toBe('NotOnSale');
  });

  it('by two hundred at once of what there is fifty of: fifty orders, and a hundred and fifty told before they pay', async () => {
    const { skuId } = await anOffer(shop, { stock: 50 });
    const phones = await Promise.all(Array.from({ length: 200 }, (_, number) => shop.login(`buyer ${number}`)));

    const answers = await Promise.all(phones.map((phone) => phone.buy(skuId)));

    const orders = answers.filter(({ __typename }) => __typename === 'Checkout');
    const soldOut = answers.filter(({ __typename }) => __typename === 'SoldOut');
    expect([orders.length, soldOut.length]).toEqual([50, 150]);
    const [payments] = await shop.rows<{ payments: string }>('SELECT COUNT(*) AS payments FROM payment');
    expect(Number(payments!.payments)).toBe(50);
    expect((await shop.books()).captures).toBe(0);
    await expectSound(shop);
  });

  it('a product whose names are as long as they may be', async () => {
    const { productId, skuId } = await anOffer(shop);
    await shop.source.manager.update(Product, { id: productId }, { name: '长'.repeat(128) });
    await shop.rows('UPDATE sku SET title = ? WHERE code LIKE ? ORDER BY id DESC LIMIT 1', [
      '大'.repeat(128),
      'TEST-%',
    ]);
    const ana = await shop.login('ana');
    const answer: CheckoutAnswer = await ana.buy(skuId);
    expect(answer.__typename).toBe('Checkout');
    await ana.pay(answer.id);
  });
});
