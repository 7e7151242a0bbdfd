import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { CatalogService } from '#catalog';
import { newId } from '#common';
import { anOffer } from '../support/builders.js';
import type { Answer, GraphqlError } from '../support/client.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';

const ENGLISH = { 'accept-language': 'en' };
const PRODUCT = 'query ($id: ID!) { product(id: $id) { id } }';
const PLACE =
  'mutation ($input: CheckoutPlaceInput!) { checkoutPlace(input: $input) { __typename ... on Refusal { message } } }';

let shop: Shop;
let ana: Phone;

beforeAll(async () => {
  shop = await Shop.open();
  ana = await shop.login('ana');
});
afterAll(async () => {
  await shop.close();
});
afterEach(() => {
  jest.restoreAllMocks();
});

function onlyError({ errors }: Answer): GraphqlError {
  expect(errors).toHaveLength(1);
  return errors![0]!;
}

describe('an error that nobody expected', () => {
  const failure = new QueryFailedError('SELECT secret FROM vault', ['sesame'], new Error('Table vault is broken'));

  it('shows the client a trace id and an apology, and tells the log the rest under that id', async () => {
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    jest.spyOn(shop.get(CatalogService), 'product').mockRejectedValueOnce(failure);

    const answer = await shop.guest.send(PRODUCT, { id: newId('product') });

    const { extensions, message } = onlyError(answer);
    expect(extensions).toEqual({ code: 'INTERNAL', traceId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(message).toBe('系统繁忙，请稍后再试。');
    expect(JSON.stringify(answer)).not.toMatch(/SELECT|vault|secret|sesame|QueryFailed|\.ts|\bat /);
    expect(log).toHaveBeenCalledWith(expect.stringContaining(extensions.traceId!));
    expect(log).toHaveBeenCalledWith(expect.stringContaining('Table vault is broken'));
  });

  it('apologizes in English to whoever reads English', async () => {
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    jest.spyOn(shop.get(CatalogService), 'product').mockRejectedValueOnce(failure);
    const { message } = onlyError(await shop.guest.send(PRODUCT, { id: newId('product') }, ENGLISH));
    expect(message).toBe('Something went wrong on our side. Please try again.');
  });

  it('of WeChat is told as such, without its words', async () => {
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const { skuId } = await anOffer(shop);
    const checkout = await ana.buy(skuId);
    await shop.fault('prepay', 'error_500', 10);
    const answer = await ana.send(
      'mutation ($input: CheckoutInput!) { paymentStart(input: $input) { __typename } }',
      { input: { checkoutId: checkout.id } },
      ENGLISH,
    );
    expect(onlyError(answer)).toMatchObject({
      message: 'WeChat cannot be reached at the moment. Please try again.',
      extensions: { code: 'CHANNEL_UNAVAILABLE' },
    });
  });
});

describe('a mistake in the input', () => {
  const skuId = newId('sku');
  const key = 'a-good-key';

  // prettier-ignore
  it.each<[what: string, input: object, paths: string[]]>([
    ['no units',              { lines: [{ skuId, quantity: 0 }], idempotencyKey: key },                     ['input.lines.0.quantity']],
    ['too many units',        { lines: [{ skuId, quantity: 10_000 }], idempotencyKey: key },                ['input.lines.0.quantity']],
    ['an id of another kind', { lines: [{ skuId: newId('product'), quantity: 1 }], idempotencyKey: key },   ['input.lines.0.skuId']],
    ['the second line',       { lines: [{ skuId, quantity: 1 }, { skuId: 'x', quantity: 1 }], idempotencyKey: key }, ['input.lines.1.skuId']],
    ['no lines',              { lines: [], idempotencyKey: key },                                           ['input.lines']],
    ['a SKU named twice',     { lines: [{ skuId, quantity: 1 }, { skuId, quantity: 2 }], idempotencyKey: key }, ['input.lines']],
    ['too short a key',       { lines: [{ skuId, quantity: 1 }], idempotencyKey: 'short' },                 ['input.idempotencyKey']],
    ['a key with a blank',    { lines: [{ skuId, quantity: 1 }], idempotencyKey: 'a good key' },            ['input.idempotencyKey']],
    ['several at once',       { lines: [{ skuId: 'x', quantity: -1 }], idempotencyKey: '' },                ['input.idempotencyKey', 'input.lines.0.quantity', 'input.lines.0.skuId']],
  ])('(%s) is named by the path of its field', async (_what, input, paths) => {
    const { extensions } = onlyError(await ana.send(PLACE, { input }));
    expect(extensions.code).toBe('BAD_USER_INPUT');
    expect(extensions.fields!.map(({ path }) => path).toSorted()).toEqual(paths);
  });

  it.each([0, 101, -1])('(a page of %d) is named as well', async (first) => {
    const { extensions } = onlyError(
      await shop.guest.send('query ($first: Int!) { products(first: $first) { edges { cursor } } }', { first }),
    );
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'first' }] });
  });

  it.each([
    '',
    'x',
    newId('team'),
    `${newId('product')}'`,
    'product_',
    '../product',
    '00000000-0000-0000-0000-000000000000',
    '苹果',
  ])('(the id %p) is told from something that does not exist', async (id) => {
    const { extensions } = onlyError(await shop.guest.send(PRODUCT, { id }));
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'id' }] });
  });

  it.each([
    ['checkout(id: "x") { id }', 'id'],
    ['offer(id: "x") { id }', 'id'],
    ['team(id: "x") { id }', 'id'],
    ['teams(offerId: "x") { edges { cursor } }', 'offerId'],
  ])('is told by every query that takes an id: %s', async (field, path) => {
    const { extensions } = onlyError(await ana.send(`{ ${field} }`));
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path }] });
  });
});

describe('messages', () => {
  // prettier-ignore
  it.each<[acceptLanguage: string | undefined, unauthenticated: string, soldOut: string]>([
    [undefined,        '请先登录。',             '库存不足，请减少数量或选择其他商品。'],
    ['zh-CN',          '请先登录。',             '库存不足，请减少数量或选择其他商品。'],
    ['en-GB,en;q=0.9', 'Please log in first.',   'There is not enough left. Take fewer, or something else.'],
    ['fr',             '请先登录。',             '库存不足，请减少数量或选择其他商品。'],
  ])('to whoever accepts %p are in that language, errors and refusals alike', async (acceptLanguage, unauthenticated, soldOut) => {
    const headers: Record<string, string> = acceptLanguage === undefined ? {} : { 'accept-language': acceptLanguage };
    const { skuId } = await anOffer(shop, { stock: 1 });
    const error = onlyError(await shop.guest.send('{ me { id } }', {}, headers));
    const { data } = await ana.send(PLACE, { input: { lines: [{ skuId, quantity: 2 }], idempotencyKey: newId('order') } }, headers);
    expect(error.message).toBe(unauthenticated);
    expect(data).toEqual({ checkoutPlace: { __typename: 'SoldOut', message: soldOut } });
  });
});
