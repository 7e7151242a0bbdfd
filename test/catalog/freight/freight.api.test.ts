import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Product, type SupplierId } from '#catalog';
import { A_CHARGE, anOffer, type OnSale, sentBy } from '../../support/builders.js';
import type { Desk } from '../../support/desk.js';
import { Shop } from '../../support/shop.js';
import { expectSettled } from '../../support/sound.js';

const TEMPLATE =
  'id name revision currency rules { regions firstMinor freeFromMinor } elsewhere { firstGrams } notDelivered supplier { name }';
const ADD = `mutation ($input: FreightTemplateAddInput!) { freightTemplateAdd(input: $input) { ${TEMPLATE} } }`;
const CHANGE = `mutation ($input: FreightTemplateChangeInput!) { freightTemplateChange(input: $input) {
  __typename ... on FreightTemplate { ${TEMPLATE} } ... on FreightTemplateChanged { template { name revision } } } }`;
const SET = `mutation ($input: ProductsFreightSetInput!) { productsFreightSet(input: $input) {
  freightTemplate { id } skus { weightGrams } } }`;

let shop: Shop;
let olga: Desk;
let apples: OnSale;
let rice: OnSale;
let orchard: SupplierId;

beforeAll(async () => {
  shop = await Shop.open();
  olga = await shop.operator('olga', 'CATALOG');
  [apples, rice] = [await anOffer(shop, { supplier: '果园' }), await anOffer(shop, { supplier: '粮仓' })];
  orchard = (await shop.source.manager.findOneByOrFail(Product, { id: apples.productId })).supplierId;
});
afterAll(async () => {
  await shop.close();
});

interface Template {
  readonly id: string;
  readonly name: string;
  readonly revision: number;
}

const said = (change: object = {}): object => ({
  ...{ name: '鲜果快递', rules: [{ regions: ['31', '33'], ...A_CHARGE }], notDelivered: ['54'], reason: '新供应商' },
  idempotencyKey: randomUUID(),
  ...change,
});
const pathsOf = async (query: string, input: object): Promise<string[]> => {
  const { errors } = await olga.send(query, { input });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual([expect.stringMatching(/BAD_USER_INPUT|NOT_FOUND/)]);
  return errors?.[0]?.extensions.fields?.map(({ path }) => path) ?? [];
};

describe('a freight template', () => {
  it('is made once for each attempt, and says what was asked', async () => {
    const input = said({ supplierId: orchard });
    const made = await olga.ask<Template>(ADD, { input });
    expect(made).toMatchObject({
      ...{ name: '鲜果快递', revision: 1, currency: 'CNY', elsewhere: null, notDelivered: ['54'] },
      ...{ rules: [{ regions: ['31', '33'], firstMinor: 800, freeFromMinor: 9_900 }], supplier: { name: '果园' } },
    });
    expect(await olga.ask(ADD, { input })).toEqual(made);
  });

  it('is seen by the operators and by its own supplier, and by no other', async () => {
    const { supplierId: granary } = await shop.source.manager.findOneByOrFail(Product, { id: rice.productId });
    const [fay, lin] = [await shop.supplier('fay', orchard), await shop.supplier('lin', granary)];
    const namesFor = async (desk: Desk, list: string): Promise<string[]> => {
      const { edges } = await desk.ask<{ edges: { node: Template }[] }>(`{ ${list} { edges { node { name } } } }`);
      return edges.map(({ node }) => node.name);
    };
    expect(await namesFor(fay, 'ownFreightTemplates')).toEqual(['鲜果快递']);
    expect(await namesFor(lin, 'ownFreightTemplates')).toEqual([]);
    expect(await namesFor(olga, `freightTemplates(supplierId: "${orchard}")`)).toEqual(['鲜果快递']);
  });

  it('is changed by one of two operators who have looked at the same', async () => {
    const { id: templateId } = await olga.ask<Template>(ADD, { input: said({ supplierId: orchard }) });
    const race = await Promise.all(
      ['甲', '乙'].map((name) =>
        olga.ask<{ __typename: string }>(CHANGE, { input: said({ templateId, revision: 1, name }) }),
      ),
    );
    expect(race.map(({ __typename: type }) => type).toSorted()).toEqual(['FreightTemplate', 'FreightTemplateChanged']);
    expect(race).toContainEqual({
      __typename: 'FreightTemplateChanged',
      template: expect.objectContaining({ revision: 2 }),
    });
  });

  it.each<[what: string, change: object, paths: string[]]>([
    ['a region twice', { notDelivered: ['31'] }, ['input.notDelivered']],
    ['nowhere to go', { rules: [] }, ['input.rules']],
    ['a region that is none', { notDelivered: ['71'] }, ['input.notDelivered']],
    ['steps too fine', { elsewhere: { ...A_CHARGE, stepGrams: 99 } }, ['input.elsewhere.stepGrams']],
    ['a fee below nothing', { elsewhere: { ...A_CHARGE, stepMinor: -1 } }, ['input.elsewhere.stepMinor']],
    ['no name', { name: ' ' }, ['input.name']],
  ])('with %s is refused at the field', async (_what, change, paths) => {
    expect(await pathsOf(ADD, said({ supplierId: orchard, ...change }))).toEqual(paths);
  });
});

describe('products', () => {
  const set = (change: object): object => ({ productIds: [apples.productId], weights: [], reason: '称重', ...change });

  it('follow a template of their own supplier, or none, and say what they weigh', async () => {
    const { id: templateId } = await olga.ask<Template>(ADD, { input: said({ supplierId: orchard }) });
    const weights = [{ skuId: apples.skuId, weightGrams: 2_800 }];
    expect(await olga.ask(SET, { input: set({ templateId, weights }) })).toEqual([
      { freightTemplate: { id: templateId }, skus: [{ weightGrams: 2_800 }] },
    ]);
    expect(await olga.ask(SET, { input: set({}) })).toEqual([
      { freightTemplate: null, skus: [{ weightGrams: 2_800 }] },
    ]);
    expect(await olga.ask(SET, { input: set({ weights: [{ skuId: apples.skuId }] }) })).toEqual([
      { freightTemplate: null, skus: [{ weightGrams: null }] },
    ]);
  });

  it('of another supplier are refused at the field, and nothing is changed', async () => {
    const { id: templateId } = await sentBy(shop, apples, 500);
    const both = [apples.productId, rice.productId];
    expect(await pathsOf(SET, set({ templateId, productIds: both }))).toEqual(['input.productIds.1']);
    expect(await pathsOf(SET, set({ weights: [{ skuId: rice.skuId, weightGrams: 1 }] }))).toEqual([
      'input.weights.0.skuId',
    ]);
    expect(await pathsOf(SET, set({ productIds: [templateId.replace('freight', 'product')] }))).toEqual([
      'input.productIds.0',
    ]);
    expect(await olga.ask(SET, { input: set({ templateId }) })).toEqual([
      { freightTemplate: { id: templateId }, skus: [{ weightGrams: 500 }] },
    ]);
  });

  it('that stay as they are leave no entry in the audit trail', async () => {
    const { id: templateId } = await sentBy(shop, apples, 700);
    const input = set({ templateId, weights: [{ skuId: apples.skuId, weightGrams: 700 }] });
    const before = await shop.rows('SELECT COUNT(*) AS entries FROM audit_entry');
    await olga.ask(SET, { input });
    expect(await shop.rows('SELECT COUNT(*) AS entries FROM audit_entry')).toEqual(before);
  });
});

it('leaves everything as it must be', async () => {
  await expectSettled(shop);
});
