import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Product } from '#catalog';
import { newId } from '#common';
import { anOffer, type OnSale } from '../support/builders.js';
import { aProduct, aSale, aSku, said, tell, type Told } from '../support/catalogue.js';
import type { Desk } from '../support/desk.js';
import { Shop } from '../support/shop.js';
import { expectSound } from '../support/sound.js';

let shop: Shop;
let cato: Desk;
let mona: Desk;
let pears: OnSale;

beforeAll(async () => {
  shop = await Shop.open();
  [cato, mona] = [await shop.operator('cato', 'CATALOG'), await shop.operator('mona', 'CATALOG')];
  pears = await anOffer(shop);
});
afterAll(async () => {
  await shop.close();
});

const product = async (but: object = {}): Promise<Told> =>
  tell(cato, 'productAdd', await aProduct(shop, pears.productId, but));
const TWO = [
  { name: '规格', values: ['500克', '1千克'] },
  { name: '口味', values: ['甜', '咸'] },
];
const NO_SKU = '各给出一个可选值';
const mistakes = async (act: Promise<unknown>): Promise<unknown> => act.catch((error: unknown) => String(error));

describe('a product', () => {
  it('is made off sale, and goes on sale once it has a SKU; a SKU with stock can be bought', async () => {
    const made = await product({ options: TWO, returnRule: 'FRESH' });
    expect(made).toMatchObject({
      status: 'OFF_SALE',
      revision: 1,
      returnRule: 'FRESH',
      returnNeedsConfirmation: false,
    });
    const putOn = (): Promise<Told> => tell(cato, 'productsOnSale', { productIds: [made.id] });
    expect(await putOn()).toMatchObject({ __typename: 'ProductWithoutSku', productId: made.id });
    const sku = await tell(cato, 'skuAdd', aSku(made.id, 1, { values: ['1千克', '咸'], barcode: '6901234567892' }));
    expect(sku).toMatchObject({ title: '1千克 咸', optionValues: ['1千克', '咸'], stock: { onHand: 0 } });
    expect((await putOn()).products[0]).toMatchObject({ status: 'ON_SALE', revision: 3 });
    const ana = await shop.login('ana');
    expect((await ana.buy(sku.id)).__typename).toBe('SoldOut');
    await tell(cato, 'stockReceive', { skuId: sku.id, units: 1 });
    expect((await ana.buy(sku.id)).__typename).toBe('Checkout');
    await expectSound(shop);
  });

  it('is made once for each attempt', async () => {
    const input = said('productAdd', await aProduct(shop, pears.productId));
    const [one, again] = [await tell(cato, 'productAdd', input), await tell(cato, 'productAdd', input)];
    expect(again.id).toBe(one.id);
  });

  it('says other things when it is changed, to whoever has looked at it as it is', async () => {
    const { productId, revision } = await aSale(shop, cato, pears.productId);
    const contents = await aProduct(shop, pears.productId, { name: '改名', supplierId: undefined });
    const change = (desk: Desk, seen: number): Promise<Told> =>
      tell(desk, 'productChange', { ...contents, productId, revision: seen });
    expect(await change(cato, revision)).toMatchObject({ name: '改名', revision: revision + 1, status: 'ON_SALE' });
    expect(await change(mona, revision)).toMatchObject({
      ...{ __typename: 'ProductChanged', product: { id: productId, revision: revision + 1 } },
    });
  });

  it('is changed by one of two who have looked at the same', async () => {
    const { productId, revision } = await aSale(shop, cato, pears.productId);
    const change = async (desk: Desk): Promise<Told> => {
      const contents = await aProduct(shop, pears.productId, { supplierId: undefined });
      return tell(desk, 'productChange', { ...contents, productId, revision });
    };
    const answers = await Promise.all([change(cato), change(mona)]);
    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual(['Product', 'ProductChanged']);
    const { revision: now } = await shop.source.manager.findOneByOrFail(Product, { id: productId });
    expect(now).toBe(revision + 1);
  });

  it('keeps the option values that its SKUs have, and may rename options and get more values', async () => {
    const { productId, skuId, revision } = await aSale(shop, cato, pears.productId);
    const change = async (options: object[], seen = revision): Promise<Told> => {
      const contents = await aProduct(shop, pears.productId, { supplierId: undefined, options });
      return tell(cato, 'productChange', { ...contents, productId, revision: seen });
    };
    for (const options of [[], [{ name: '规格', values: ['1千克'] }], TWO])
      expect(await change(options)).toMatchObject({ __typename: 'OptionInUse' });
    const more = [{ name: '净重', values: ['250克', '500克'] }];
    expect(await change(more)).toMatchObject({ options: more, skus: [{ id: skuId }] });
  });

  it('is refused with what makes no sense, or is not there', async () => {
    const told = (but: object): Promise<unknown> => mistakes(product(but));
    expect(await told({ options: [TWO[0], TWO[0]] })).toContain('input.options.1.name');
    expect(await told({ options: [...TWO, ...TWO] })).toContain('input.options');
    expect(await told({ saleFrom: '2026-02-01T00:00:00Z', saleUntil: '2026-01-01T00:00:00Z' })).toContain('saleUntil');
    expect(await told({ saleUntil: '2200-01-01T00:00:00Z' })).toContain('saleUntil');
    expect(await told({ name: '字'.repeat(129) })).toContain('input.name');
    expect(await told({ options: [{ name: '规格', values: ['值'.repeat(31)] }] })).toContain('values');
    expect(await told({ supplierId: newId('supplier') })).toContain('input.supplierId');
    expect(await told({ categoryId: newId('category') })).toContain('input.categoryId');
    expect((await product({ imageIds: [newId('image')] })).__typename).toBe('ImageNotUsable');
  });

  it('is listed for the staff whether or not it is on sale, and for strangers only if it is', async () => {
    const { id } = await product();
    const query = (field: string) => `{ ${field} { edges { node { id } } } }`;
    const ids = async (who: { ask: Desk['ask'] }, field: string): Promise<string[]> =>
      (await who.ask<{ edges: { node: { id: string } }[] }>(query(field))).edges.map(({ node }) => node.id);
    expect(await ids(cato, 'allProducts')).toContain(id);
    expect(await ids(cato, 'allProducts(status: ON_SALE)')).not.toContain(id);
    expect(await ids(shop.guest, 'products')).not.toContain(id);
  });
});

describe('a SKU', () => {
  it('is one value of each option, each combination once', async () => {
    const { id } = await product({ options: TWO });
    const first = await tell(cato, 'skuAdd', aSku(id, 1, { values: ['500克', '甜'] }));
    const add = (values: string[]): Promise<Told> => tell(cato, 'skuAdd', aSku(id, 2, { values }));
    expect(await add(['500克', '甜'])).toMatchObject({ __typename: 'CombinationTaken', sku: { id: first.id } });
    for (const values of [[], ['500克'], ['甜', '500克'], ['2千克', '甜']])
      expect(await mistakes(add(values))).toContain(NO_SKU);
    expect(await add(['500克', '咸'])).toMatchObject({ title: '500克 咸' });
  });

  it('of a product without options is the only one', async () => {
    const { id } = await product({ options: [] });
    expect(await tell(cato, 'skuAdd', aSku(id, 1, { values: [] }))).toMatchObject({ title: '' });
    expect(await tell(cato, 'skuAdd', aSku(id, 2, { values: [] }))).toMatchObject({ __typename: 'CombinationTaken' });
  });

  it('is made by one of two who ask for the same combination at once', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { id } = await product();
      const answers = await Promise.all([cato, mona].map((desk) => tell(desk, 'skuAdd', aSku(id, 1))));
      expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual(['ProductChanged', 'Sku']);
    }
    await expectSound(shop);
  });

  it('has a code of its own in the whole shop', async () => {
    const { skuId } = await aSale(shop, cato, pears.productId);
    const [{ code }] = (await shop.rows<{ code: string }>('SELECT code FROM sku ORDER BY id DESC LIMIT 1')) as [
      { code: string },
    ];
    const { id } = await product();
    expect((await tell(cato, 'skuAdd', aSku(id, 1, { code }))).__typename).toBe('SkuCodeTaken');
    const other = await tell(cato, 'skuAdd', aSku(id, 1));
    const change = { skuId: other.id, revision: 2, code, isRetired: false };
    expect((await tell(cato, 'skuChange', change)).__typename).toBe('SkuCodeTaken');
    expect(skuId).not.toBe(other.id);
  });

  it('that is retired is not sold any more, and can come back', async () => {
    const { id } = await product();
    const [one, two] = [
      await tell(cato, 'skuAdd', aSku(id, 1)),
      await tell(cato, 'skuAdd', aSku(id, 2, { values: ['1千克'] })),
    ];
    await tell(cato, 'stockReceive', { skuId: one.id, units: 5 });
    const [{ revision }] = (await tell(cato, 'productsOnSale', { productIds: [id] })).products as [Told];
    const retire = (sku: Told, seen: number, isRetired = true): Promise<Told> =>
      tell(cato, 'skuChange', { skuId: sku.id, revision: seen, code: `R-${sku.id.slice(-20)}`, isRetired });
    const ana = await shop.login('ana');
    expect(await retire(one, revision)).toMatchObject({ isRetired: true });
    expect((await ana.buy(one.id)).__typename).toBe('NotOnSale');
    expect((await retire(two, revision + 1)).__typename).toBe('ProductWithoutSku');
    expect(await retire(one, revision + 1, false)).toMatchObject({ isRetired: false });
    expect((await ana.buy(one.id)).__typename).toBe('Checkout');
    await expectSound(shop);
  });

  it('of a team offer that is retired leaves nothing to join for, and the button says so', async () => {
    const { offer, skuId, productId } = await anOffer(shop);
    const { revision } = await shop.source.manager.findOneByOrFail(Product, { id: productId });
    await tell(cato, 'productsOffSale', { productIds: [productId] });
    await tell(cato, 'skuChange', { skuId, revision: revision + 1, code: `T-${skuId.slice(-20)}`, isRetired: true });
    const ana = await shop.login('ana');
    expect((await ana.open(offer.id)).__typename).toBe('NotOnSale');
    const asked = 'query ($id: ID!) { offer(id: $id) { whyNotOpen { __typename } } }';
    expect(await ana.ask(asked, { id: offer.id })).toEqual({ whyNotOpen: { __typename: 'NotOnSale' } });
  });

  it('has at most a hundred neighbours', async () => {
    const values = (letter: string) => Array.from({ length: 11 }, (_, number) => `${letter}${number}`);
    const { id } = await product({ options: ['a', 'b'].map((letter) => ({ name: letter, values: values(letter) })) });
    const combinations = values('a').flatMap((a) => values('b').map((b) => [a, b]));
    for (let made = 0; made < 100; made += 1)
      await tell(cato, 'skuAdd', aSku(id, made + 1, { values: combinations[made] }));
    expect(await tell(cato, 'skuAdd', aSku(id, 101, { values: combinations[100] }))).toMatchObject({
      __typename: 'TooManySkus',
    });
  });
});
