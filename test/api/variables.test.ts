import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, extendSchema, type GraphQLInputType, parse, parseType, typeFromAST } from 'graphql';
import { Minor, newId } from '#common';
import { withDefaultFields } from '../../src/api/default-fields.js';
import { mistakesInValue } from '../../src/api/value-mistakes.js';
import { anOffer } from '../support/builders.js';
import type { Answer } from '../support/client.js';
import { aDelivery } from '../support/deliveries.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';

const ENGLISH = { 'accept-language': 'en' };
const PLACE = 'mutation ($input: CheckoutPlaceInput!) { checkoutPlace(input: $input) { __typename } }';
const OPEN = 'mutation ($input: TeamOpenInput!) { teamOpen(input: $input) { __typename } }';
const skuId = newId('sku');
const idempotencyKey = 'a-good-key';
const delivery = aDelivery();
/** What is right about an input of which something else is wrong. */
const right = { delivery, idempotencyKey };

let shop: Shop;
let ana: Phone;

beforeAll(async () => {
  shop = await Shop.open();
  ana = await shop.login('ana');
});
afterAll(async () => {
  await shop.close();
});

/** The fields an answer complains of, asked three times: Mercurius runs a document by graphql-js first, then compiles it, then runs what it compiled. */
async function complaints(query: string, variables: object, headers = ENGLISH): Promise<string[]> {
  const answers: Answer[] = [];
  for (let time = 1; time <= 3; time += 1) answers.push(await ana.send(query, variables, headers));
  const [first, ...others] = answers;
  for (const other of others) expect(other).toEqual(first);
  expect(first).toMatchObject({ data: null, errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  expect(JSON.stringify(first)).not.toMatch(/did you mean|GraphQL/i);
  return first!.errors![0]!.extensions.fields!.map(({ path, message }) => `${path}: ${message}`);
}

describe('withDefaultFields', () => {
  const schema = buildSchema(`
    input Line { sku: ID!, quantity: Int! = 1, notes: [String!] }
    input Basket { lines: [Line!]!, gift: Line, express: Boolean = false }
    type Query { a(basket: Basket, line: Line): Int }`);
  const typed = (value: unknown, type: string): unknown =>
    withDefaultFields(value, typeFromAST(schema, parseType(type)) as GraphQLInputType);
  // prettier-ignore
  it.each<{ what: string; value: unknown; type: string; filled: unknown }>([
    { what: 'fills what is left out',           value: { sku: 'a' },                          type: 'Line',   filled: { sku: 'a', quantity: 1 } },
    { what: 'keeps what is given',              value: { sku: 'a', quantity: 3 },             type: 'Line!',  filled: { sku: 'a', quantity: 3 } },
    { what: 'keeps null',                       value: { lines: [], express: null },          type: 'Basket', filled: { lines: [], express: null } },
    { what: 'goes into lists',                  value: { lines: [{ sku: 'a' }, { sku: 'b', quantity: 2 }] }, type: 'Basket!', filled: { lines: [{ sku: 'a', quantity: 1 }, { sku: 'b', quantity: 2 }], express: false } },
    { what: 'goes into a list of one',          value: { lines: { sku: 'a' } },               type: 'Basket', filled: { lines: { sku: 'a', quantity: 1 }, express: false } },
    { what: 'does not make up objects',         value: { lines: [], gift: null },             type: 'Basket', filled: { lines: [], gift: null, express: false } },
    { what: 'leaves a plain value alone',       value: 7,                                     type: 'Int',    filled: 7 },
  ])('$what', ({ value, type, filled }) => {
    expect(typed(value, type)).toEqual(filled);
  });
});

describe('a value of the wrong shape', () => {
  // prettier-ignore
  it.each<[what: string, query: string, variables: object, fields: string[]]>([
    ['a word for a number',      PLACE, { input: { lines: [{ skuId, quantity: 'two' }], ...right } },        ['input.lines.0.quantity: Must be a whole number of at most 32 bits.']],
    ['a fraction',               PLACE, { input: { lines: [{ skuId, quantity: 1.5 }], ...right } },          ['input.lines.0.quantity: Must be a whole number of at most 32 bits.']],
    ['a number of 33 bits',      PLACE, { input: { lines: [{ skuId, quantity: 2 ** 32 }], ...right } }, ['input.lines.0.quantity: Must be a whole number of at most 32 bits.']],
    ['a number for an id',       PLACE, { input: { lines: [{ skuId: 7, quantity: 1 }], ...right } },         ['input.lines.0.skuId: Must be an id that begins with sku_.']],
    ['an object for an id',      PLACE, { input: { lines: [{ skuId: {}, quantity: 1 }], ...right } },        ['input.lines.0.skuId: Must be an id.']],
    ['a number for a text',      PLACE, { input: { lines: [{ skuId, quantity: 1 }], delivery, idempotencyKey: 12345678 } }, ['input.idempotencyKey: Must be a text.']],
    ['nothing in a field',       PLACE, { input: { lines: [{ skuId }], ...right } },                         ['input.lines.0.quantity: Must be given.']],
    ['null in a field',          PLACE, { input: { lines: [{ skuId, quantity: null }], ...right } },         ['input.lines.0.quantity: Must not be null.']],
    ['null in a list',           PLACE, { input: { lines: [{ skuId, quantity: 1 }, null], ...right } }, ['input.lines.1: Must not be null.']],
    ['null where a default is',  OPEN,  { input: { offerId: newId('offer'), quantity: null, ...right } }, ['input.quantity: Must not be null.']],
    ['a field nobody knows',     PLACE, { input: { lines: [{ skuId, quantity: 1, price: 1 }], ...right } }, ['input.lines.0.price: Is no field of this input.']],
    ['a text for an object',     PLACE, { input: { lines: ['sku'], ...right } },                             ['input.lines.0: Must be an object.']],
    ['a list for an object',     PLACE, { input: [] },                                                       ['input: Must be an object.']],
    ['a single item, wrong',     PLACE, { input: { lines: 7, ...right } },                                   ['input.lines: Must be an object.']],
    ['null for all',             PLACE, { input: null },                                                     ['input: Must not be null.']],
    ['nothing at all',           PLACE, {},                                                                  ['input: Must be given.']],
    ['under another name',       PLACE, { inptu: {} },                                                       ['input: Must be given.']],
    ['several mistakes',         PLACE, { input: { lines: [{ quantity: true }] } },                          ['input.lines.0.skuId: Must be given.', 'input.lines.0.quantity: Must be a whole number of at most 32 bits.', 'input.delivery: Must be given.', 'input.idempotencyKey: Must be given.']],
  ])('(%s) is named by the path of its field, every time', async (_what, query, variables, fields) => {
    expect((await complaints(query, variables)).toSorted()).toEqual(fields.toSorted());
  });

  it('is named in Chinese to whoever reads Chinese', async () => {
    const variables = { input: { lines: [{ skuId, quantity: '2' }], delivery } };
    expect(await complaints(PLACE, variables, { 'accept-language': 'zh-CN' })).toEqual([
      'input.idempotencyKey: 不能缺少。',
      'input.lines.0.quantity: 必须是 32 位整数。',
    ]);
  });

  it.each([
    ['a variable with a default', 'query ($first: Int = 5) { products(first: $first) { edges { cursor } } }'],
    ['an argument with a default', 'query ($first: Int) { products(first: $first) { edges { cursor } } }'],
    [
      'an argument in a fragment',
      'query ($first: Int) { ...page } fragment page on Query { products(first: $first) { edges { cursor } } }',
    ],
    ['a directive', 'query ($first: Boolean = true) { serverTime @include(if: $first) }'],
  ])('(null for %s) is named as well', async (_what, query) => {
    expect(await complaints(query, { first: null })).toEqual(['first: Must not be null.']);
  });

  it('is told at most fifty times', async () => {
    const lines = Array.from({ length: 1_000 }, () => 7);
    expect(await complaints(PLACE, { input: { lines, ...right } })).toHaveLength(50);
  });
});

describe('a value that may be left out', () => {
  it.each([{}, { after: null }, { after: undefined }, { first: 1 }, { categoryId: null }])(
    'is fine as %j',
    async (variables) => {
      const query =
        'query ($first: Int = 3, $after: String, $categoryId: ID) { products(first: $first, after: $after, categoryId: $categoryId) { edges { cursor } } }';
      for (let time = 1; time <= 3; time += 1) {
        expect(await shop.guest.send(query, variables)).toEqual({ data: { products: { edges: [] } } });
      }
    },
  );

  it('may be a list of one without brackets', async () => {
    const input = { lines: { skuId, quantity: 1 }, ...right };
    for (let time = 1; time <= 3; time += 1) {
      expect(await ana.send(PLACE, { input })).toEqual({ data: { checkoutPlace: { __typename: 'NotOnSale' } } });
    }
  });
});

describe('values of every kind', () => {
  const schema = extendSchema(
    buildSchema('scalar Minor scalar Date enum Fruit { APPLE PEAR } type Query { x: Int }'),
    parse('input Box { fruit: Fruit, weights: [Float!]! = [1.5], box: Box }'),
  );
  Object.assign(schema.getType('Minor')!, { parseValue: (value: unknown) => Minor.parseValue(value) });

  // prettier-ignore
  it.each<[type: string, value: unknown, mistakes: string[]]>([
    ['Minor!',   2 ** 53 - 1,                        []],
    ['Minor!',   2 ** 53,                            ['v: Must be a whole number of minor units, of at most 53 bits.']],
    ['Minor!',   0.5,                                ['v: Must be a whole number of minor units, of at most 53 bits.']],
    ['Minor',    null,                               []],
    ['Fruit',    'PEAR',                             []],
    ['Fruit',    'pear',                             ['v: Must be one of APPLE, PEAR.']],
    ['Fruit',    0,                                  ['v: Must be one of APPLE, PEAR.']],
    ['Boolean',  'true',                             ['v: Must be true or false.']],
    ['Float',    '1.5',                              ['v: Must be a number.']],
    ['[[Int!]]', [[1], null, [2, null]],             ['v.2.1: Must not be null.']],
    ['Box',      {},                                 []],
    ['Box',      { weights: null },                  ['v.weights: Must not be null.']],
    ['Box',      { box: { box: { fruit: 'X' } } },   ['v.box.box.fruit: Must be one of APPLE, PEAR.']],
    ['Box',      { __proto__: null, toString: 1 },   ['v.toString: Is no field of this input.']],
  ])('of type %s are checked: %j', (type, value, mistakes) => {
    const inputType = typeFromAST(schema, parseType(type)) as GraphQLInputType;
    expect(mistakesInValue(value, inputType, 'v').map(({ path, texts }) => `${path}: ${texts.en}`)).toEqual(mistakes);
  });
});

it('a field that is left out has its default every time, also once the document is compiled', async () => {
  const { offer } = await anOffer(shop, { size: 2 });
  const quantities: number[] = [];
  for (let time = 1; time <= 3; time += 1) {
    const input = { offerId: offer.id, delivery, idempotencyKey: `without-quantity-${time}` };
    const { quantity } = await ana.ask<{ quantity: number }>(
      'mutation ($input: TeamOpenInput!) { teamOpen(input: $input) { ... on Seat { quantity } } }',
      { input },
    );
    quantities.push(quantity);
  }
  expect(quantities).toEqual([1, 1, 1]);
});
