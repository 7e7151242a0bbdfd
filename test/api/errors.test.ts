import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import { QueryFailedError } from 'typeorm';
import { CatalogService } from '#catalog';
import { newId, refuse } from '#common';
import { AddressesService, LoginCodeInvalid } from '#identity';
import { anOffer } from '../support/builders.js';
import type { Answer, GraphqlError } from '../support/client.js';
import { aDelivery } from '../support/deliveries.js';
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

  it('is also a refusal that the mutation does not name, however often the document was sent', async () => {
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    jest.spyOn(shop.get(AddressesService), 'add').mockImplementation(() => refuse(new LoginCodeInvalid()));
    const input = { idempotencyKey: newId('address'), ...aDelivery() };
    const document = 'mutation ($input: AddressAddInput!) { addressAdd(input: $input) { __typename } }';
    for (let times = 0; times < 3; times += 1)
      expect(onlyError(await ana.send(document, { input })).extensions.code).toBe('INTERNAL');
    expect(log).toHaveBeenCalledWith(expect.stringContaining('LoginCodeInvalid'));
  });

  it('of WeChat is told as such, without its words, which are in the log', async () => {
    const log = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
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
    expect(log).toHaveBeenCalledWith(expect.stringMatching(/HTTP 500, Request-ID/));
  });
});

describe.each(['development', 'production'])('in %s, an error', (NODE_ENV) => {
  let live: Shop;
  let log: ReturnType<typeof jest.spyOn>;
  let productId: string;

  beforeAll(async () => {
    live = await Shop.open({ environment: { NODE_ENV, ALLOW_LOOPBACK_WECHAT: 'yes' } });
    ({ productId } = await anOffer(live));
  });
  afterAll(async () => {
    await live.close();
  });
  beforeEach(() => {
    log = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  });

  /** Everything that comes back, three times: graphql-js and graphql-jit wrap what is thrown each in its own way. */
  async function everything(query: string, variables: object = {}): Promise<{ answer: Answer; text: string }> {
    let last: { answer: Answer; text: string } | undefined;
    for (let time = 1; time <= 3; time += 1) {
      const response = await fetch(`${live.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...ENGLISH },
        body: JSON.stringify({ query, variables }),
      });
      const body = await response.text();
      expect(response.status).toBe(200);
      const text = `${JSON.stringify([...response.headers])}${body}`;
      expect(text).not.toMatch(
        /SELECT|FROM|_gone|doesn't exist|ER_|QueryFailed|vault|\.[jt]s\b|\bat |node_modules|stack/,
      );
      const answer = JSON.parse(body) as Answer;
      expectApology(answer);
      last = { answer, text };
    }
    return last!;
  }

  function expectApology(answer: Answer): void {
    const { message, extensions } = onlyError(answer);
    expect(message).toBe('Something went wrong on our side. Please try again.');
    expect(extensions).toEqual({ code: 'INTERNAL', traceId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(log).toHaveBeenLastCalledWith(expect.stringContaining(extensions.traceId!));
  }

  it('of the database stays in the log', async () => {
    await live.rows('RENAME TABLE product TO product_gone');
    const { answer } = await everything(PRODUCT, { id: productId });
    await live.rows('RENAME TABLE product_gone TO product');
    expect(answer).toMatchObject({ data: { product: null }, errors: [{ path: ['product'] }] });
    expect(log).toHaveBeenLastCalledWith(expect.stringMatching(/QueryFailedError: .*product.* doesn't exist/));
  });

  it('in one field leaves the others as they are, and names the field by its path', async () => {
    await live.rows('RENAME TABLE stock TO stock_gone');
    const { answer } = await everything(
      'query ($id: ID!) { product(id: $id) { name skus { title stock { onHand } } } offer(id: "offer_00000000000000000000000000") { id } }',
      { id: productId },
    );
    await live.rows('RENAME TABLE stock_gone TO stock');
    expect(answer.data).toEqual({ product: null, offer: null });
    expect(onlyError(answer).path).toEqual(['product', 'skus', 0, 'stock']);
  });

  it('in a mutation that answers with a union is no member of the union', async () => {
    const { refreshToken } = await live.login('ana');
    await live.rows('RENAME TABLE session TO session_gone');
    const { answer } = await everything(
      'mutation ($input: SessionRefreshInput!) { sessionRefresh(input: $input) { __typename ... on Refusal { message } } }',
      { input: { refreshToken } },
    );
    await live.rows('RENAME TABLE session_gone TO session');
    expect(answer).toMatchObject({ data: null, errors: [{ path: ['sessionRefresh'] }] });
  });

  it.each([
    'SELECT secret FROM vault',
    null,
    undefined,
    7,
    { message: 'vault', statusCode: 404 },
    Object.assign(new Error('vault'), { statusCode: 404 }),
    Object.assign(new Error('vault'), { extensions: { code: 'BAD_USER_INPUT' } }),
    new GraphQLError('vault', { extensions: { code: 'NOT_FOUND' } }),
    new Error('outer', { cause: new Error('vault') }),
  ])('that is %p is told as any other', async (thrown) => {
    jest.spyOn(live.get(CatalogService), 'product').mockRejectedValue(thrown);
    const { answer } = await everything(PRODUCT, { id: productId });
    expect(answer).toMatchObject({ data: { product: null }, errors: [{ path: ['product'] }] });
  });

  it('of an answer that breaks the schema is ours, too', async () => {
    const nameless = { id: productId } as never;
    jest.spyOn(live.get(CatalogService), 'product').mockResolvedValue(nameless);
    const { answer } = await everything('query ($id: ID!) { product(id: $id) { id name } }', { id: productId });
    expect(answer).toMatchObject({ data: { product: null }, errors: [{ path: ['product', 'name'] }] });
  });
});

describe('a mistake in the input', () => {
  const skuId = newId('sku');
  const key = 'a-good-key';
  const delivery = aDelivery();

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
    const { extensions } = onlyError(await ana.send(PLACE, { input: { delivery, ...input } }));
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

describe('what is wrong with a field', () => {
  // prettier-ignore
  it.each<[input: object, path: string, zh: string, en: string]>([
    [{ lines: [{ skuId: newId('sku'), quantity: 0 }] },     'input.lines.0.quantity', '不能小于 1。',                        'Must be at least 1.'],
    [{ lines: [{ skuId: newId('sku'), quantity: 10_000 }] }, 'input.lines.0.quantity', '不能大于 9999。',                    'Must be at most 9999.'],
    [{ lines: [] },                                         'input.lines',            '至少需要 1 项。',                      'Must list at least 1.'],
    [{ lines: [{ skuId: 'x', quantity: 1 }] },              'input.lines.0.skuId',    '必须是以 sku_ 开头的编号。',           'Must be an id that begins with sku_.'],
    [{ idempotencyKey: 'x' },                               'input.idempotencyKey',   '必须是 8 至 64 个字母、数字、下划线或连字符。', 'Must be 8 to 64 letters, digits, _ or -.'],
  ])('(%j) is said in the language of the request', async (mistake, path, zh, en) => {
    const sound = { lines: [{ skuId: newId('sku'), quantity: 1 }], delivery: aDelivery(), idempotencyKey: 'a-good-key' };
    const input = { ...sound, ...mistake };
    const chinese = onlyError(await ana.send(PLACE, { input }));
    const english = onlyError(await ana.send(PLACE, { input }, ENGLISH));
    expect(chinese.extensions.fields).toEqual([{ path, message: zh }]);
    expect(chinese.message).toBe(`请求参数有误。${path}：${zh}`);
    expect(english.extensions.fields).toEqual([{ path, message: en }]);
    expect(english.message).toBe(`The input is not valid. ${path}: ${en}`);
  });

  it('is said of what does not exist, and of a key that was used for something else', async () => {
    const { skuId } = await anOffer(shop);
    await ana.buy(skuId, 1, 'a-used-key');
    const conflict = await ana.send(
      PLACE,
      { input: { lines: [{ skuId, quantity: 2 }], delivery: aDelivery(), idempotencyKey: 'a-used-key' } },
      ENGLISH,
    );
    const missing = await ana.send('query ($id: ID!) { checkout(id: $id) { id } }', { id: newId('checkout') });
    expect(onlyError(conflict).extensions).toEqual({
      code: 'CONFLICT',
      fields: [{ path: 'input.idempotencyKey', message: 'Was used for another request.' }],
    });
    expect(onlyError(missing)).toMatchObject({
      message: '没有找到该内容。',
      extensions: { code: 'NOT_FOUND', fields: [{ path: 'id', message: '没有找到。' }] },
    });
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
    const { data } = await ana.send(PLACE, { input: { lines: [{ skuId, quantity: 2 }], delivery: aDelivery(), idempotencyKey: newId('order') } }, headers);
    expect(error.message).toBe(unauthenticated);
    expect(data).toEqual({ checkoutPlace: { __typename: 'SoldOut', message: soldOut } });
  });
});
