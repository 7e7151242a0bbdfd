import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { Shop } from '../support/shop.js';

let shop: Shop;

beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(async () => {
  await shop.close();
});

const post = (body: string, contentType = 'application/json'): Promise<Response> =>
  fetch(`${shop.url}/graphql`, { method: 'POST', headers: { 'content-type': contentType }, body });
const send = (query: string): Promise<Response> => post(JSON.stringify({ query }));

interface Told {
  readonly data: unknown;
  readonly errors: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}
const tell = async (response: Response): Promise<Told> => (await response.json()) as Told;

describe('the door', () => {
  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD'])('does not take GraphQL by %s', async (method) => {
    const response = await fetch(`${shop.url}/graphql?query={serverTime}`, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await response.text()).not.toContain('serverTime":');
  });

  // prettier-ignore
  it.each<[contentType: string, body: string]>([
    ['text/plain',                        '{"query":"{ serverTime }"}'],
    ['application/x-www-form-urlencoded', 'query=%7BserverTime%7D'],
    ['multipart/form-data; boundary=x',   '{"query":"{ serverTime }"}'],
    ['application/graphql',               '{ serverTime }'],
    ['application/jsonp',                 '{"query":"{ serverTime }"}'],
    ['text/plain; application/json',      '{"query":"{ serverTime }"}'],
  ])(
    'does not take %s, which any page could send',
    async (contentType, body) => {
      const response = await post(body, contentType);
      expect(response.status).toBe(415);
    },
  );

  it('cannot be reached by GET under another spelling of its address', async () => {
    for (const path of ['/%67raphql', '/graphql?', '/graphql/', '//graphql', '/GRAPHQL']) {
      const separator = path.includes('?') ? '' : '?';
      const response = await fetch(`${shop.url}${path}${separator}query={serverTime}`);
      expect([404, 405]).toContain(response.status);
    }
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON'])(
    'takes JSON by POST, as %s',
    async (type) => {
      const response = await post('{"query":"{ serverTime }"}', type);
      expect(response.status).toBe(200);
      expect(await tell(response)).toEqual({ data: { serverTime: expect.stringMatching(/^\d{4}-.*Z$/) } });
    },
  );

  it.each(['', '{', '[]', 'null', '{}', '{"query":7}', '{"query":""}', '{"query":"{serverTime}","variables":7}'])(
    'answers the body %s with a client error',
    async (body) => {
      const response = await post(body);
      const { errors } = await tell(response);
      expect(response.status).toBe(400);
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['GRAPHQL_INVALID']);
      expect(JSON.stringify(errors)).not.toMatch(/\.ts|\bat |node_modules/);
    },
  );

  it('does not read a body without end', async () => {
    const response = await post(JSON.stringify({ query: `{ serverTime } #${'x'.repeat(300 * 1_024)}` }));
    expect(response.status).toBe(413);
    expect((await tell(response)).errors[0]!.message).toBe('请求内容过大。');
  });
});

describe('a document', () => {
  // prettier-ignore
  it.each([
    ['a field that almost exists',     '{ serverTim }'],
    ['a field of a type',              '{ products { edges { node { nam } } } }'],
    ['an argument',                    '{ products(frst: 1) { edges { cursor } } }'],
    ['a type',                         '{ product(id: "x") { ... on Produc { id } } }'],
    ['a field of an input',            'mutation { login(input: { cod: "x", code: "x" }) { __typename } }'],
    ['a member of a union',            'mutation { login(input: { code: "x" }) { accessToken } }'],
  ])('that guesses %s is told that it is wrong, not what would be right', async (_what, query) => {
    const response = await send(query);
    const { errors, data } = await tell(response);
    expect(response.status).toBe(400);
    expect(data).toBeNull();
    expect(errors[0]!.extensions.code).toBe('GRAPHQL_INVALID');
    expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);
  });

  it('whose variables guess is not helped either', async () => {
    const query = 'mutation ($input: LoginInput!) { login(input: $input) { __typename } }';
    const response = await post(JSON.stringify({ query, variables: { input: { cod: 'x', code: 'x' } } }));
    const { errors } = await tell(response);
    expect(errors[0]!.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.cod', message: '没有这个字段。' }],
    });
    expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);
  });

  it('of more than two thousand words is not even read', async () => {
    const many = (fields: number): string =>
      `{ ${Array.from({ length: fields }, (_, index) => `f${index}: serverTime`).join(' ')} }`;
    const accepted = await send(many(500));
    const refused = await send(many(700));
    expect(accepted.status).toBe(200);
    expect(refused.status).toBe(400);
    const { data, errors } = await tell(refused);
    expect(data).toBeNull();
    expect(errors[0]!.message).toContain('2000 tokens');
  });

  it('that was parsed elsewhere, and so would escape the count of its words, is not taken', async () => {
    const parsed = JSON.stringify(parse('{ serverTime }', { noLocation: true }));
    for (const document of [parsed, ` ${parsed}`, 'null', '7', '[]']) {
      const response = await send(document);
      expect(response.status).toBe(400);
      expect((await tell(response)).errors).toMatchObject([
        { message: 'GraphQL 请求有误：Send the document as GraphQL.' },
      ]);
    }
  });

  it('with two operations is not run: a compiled document would always run the one that was asked for first', async () => {
    const query = 'query A { serverTime } query B { __typename }';
    for (const operationName of ['A', 'A', 'B']) {
      const response = await post(JSON.stringify({ query, operationName }));
      expect(response.status).toBe(400);
      const { data, errors } = await tell(response);
      expect(data).toBeNull();
      expect(errors[0]!.message).toContain('one operation');
    }
  });

  it('without the operation that was asked for is told so, every time', async () => {
    for (let time = 1; time <= 3; time += 1) {
      const response = await post(JSON.stringify({ query: 'query A { serverTime }', operationName: 'B' }));
      expect(response.status).toBe(400);
      expect((await tell(response)).errors).toMatchObject([
        { message: 'GraphQL 请求有误：Unknown operation named "B".', extensions: { code: 'GRAPHQL_INVALID' } },
      ]);
    }
  });

  it('is told what is wrong in the language of the request, with the words of GraphQL', async () => {
    for (const [language, message] of [
      ['zh-CN', 'GraphQL 请求有误：Int cannot represent non-integer value: "x"'],
      ['en', 'The GraphQL request is not valid: Int cannot represent non-integer value: "x"'],
    ] as const) {
      const response = await fetch(`${shop.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-language': language },
        body: JSON.stringify({ query: '{ products(first: "x") { edges { cursor } } }' }),
      });
      expect(await tell(response)).toMatchObject({
        data: null,
        errors: [{ message, extensions: { code: 'GRAPHQL_INVALID' } }],
      });
    }
  });

  it('deeper than twelve levels is not run', async () => {
    // Product and SKU lead to each other, so a query could go round and round.
    const nested = (rounds: number): string =>
      `{ products { edges { node { ${'skus { product { '.repeat(rounds)} id ${'} }'.repeat(rounds)} } } } }`;
    expect((await send(nested(2))).status).toBe(200);
    const { data, errors } = await tell(await send(nested(5)));
    expect(data).toBeNull();
    expect(errors[0]!.message).toMatch(/depth/i);
  });

  it('that hides its depth in fragments is not run either', async () => {
    const fragment = (name: string, next: string): string =>
      `fragment ${name} on Product { skus { product { ${next} } } }`;
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const fragments = names.map((name, index) => fragment(name, names[index + 1] ? `...${names[index + 1]!}` : 'id'));
    const { data, errors } = await tell(await send(`{ products { edges { node { ...a } } } } ${fragments.join(' ')}`));
    expect(data).toBeNull();
    expect(errors[0]!.message).toMatch(/depth/i);
  });
});

describe('in production', () => {
  let live: Shop;
  beforeAll(async () => {
    live = await Shop.open({ environment: { NODE_ENV: 'production', ALLOW_LOOPBACK_WECHAT: 'yes' } });
  });
  afterAll(async () => {
    await live.close();
  });

  it.each(['{ __schema { types { name } } }', '{ __type(name: "User") { fields { name } } }'])(
    'the schema is nobody’s business: %s',
    async (query) => {
      const { data, errors } = await live.guest.send(query);
      expect(data).toBeNull();
      expect(errors?.[0]?.message).toContain('introspection');
    },
  );

  it('there is no GraphiQL', async () => {
    expect((await fetch(`${live.url}/graphiql`)).status).toBe(404);
  });
});
