import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { newId } from '#common';
import { PeopleService } from '#identity';
import { SUBSCRIPTIONS_MAX } from '../../src/api/subscriptions.js';
import { anOffer } from '../support/builders.js';
import type { GraphqlError } from '../support/client.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { type SocketMessage, TestSocket } from '../support/socket.js';

/** What anybody may watch. A subscription that is missing here is forgotten, or closed to guests. */
const PUBLIC = ['teamChanged'];

const WATCH = 'subscription ($id: ID!) { teamChanged(teamId: $id) { team { id } } }';

let shop: Shop;
let ana: Phone;
let teamId: string;
const sockets: TestSocket[] = [];

beforeAll(async () => {
  shop = await Shop.open({ environment: { TEAM_WATCH_MILLISECONDS: '20' } });
  ana = await shop.login('ana');
  teamId = await aTeam();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(sockets.splice(0).map((socket) => socket.close()));
});
afterAll(async () => {
  await shop.close();
});

async function aTeam(): Promise<string> {
  const { offer } = await anOffer(shop, { size: 50 });
  const seat = await ana.open(offer.id);
  await ana.pay(seat.order.checkout.id, { notify: { lose: true } });
  await ana.confirmPayment(seat.order.checkout.id);
  await shop.drain();
  return seat.team.id;
}

async function greeted(payload?: object, url = shop.url): Promise<TestSocket> {
  const socket = await TestSocket.greeted(url, payload);
  sockets.push(socket);
  return socket;
}
const asked = ({ accessToken }: Phone): object => ({ authorization: `Bearer ${accessToken!}` });

/** What is wrong with an operation, as the socket tells it. */
async function refusal(query: string, variables: object = {}, payload?: object): Promise<readonly GraphqlError[]> {
  const socket = await greeted(payload);
  socket.subscribe('1', query, variables);
  return errorsIn(await socket.next());
}

/** An operation that is none is an error; one whose field says no is a result without data. */
function errorsIn({ type, payload }: SocketMessage): readonly GraphqlError[] {
  if (type === 'error') return payload as GraphqlError[];
  expect(payload).toMatchObject({ data: null });
  return (payload as { errors: GraphqlError[] }).errors;
}

describe('over a socket', () => {
  it.each([
    { what: 'a query', query: '{ serverTime }' },
    { what: 'a mutation', query: 'mutation { logoutEverywhere }' },
    { what: 'two operations', query: 'subscription A { teamChanged(teamId: "a") { __typename } } { serverTime }' },
    {
      what: 'two subscriptions in one',
      query: `subscription { a: teamChanged(teamId: "a") { __typename } b: teamChanged(teamId: "b") { __typename } }`,
    },
    { what: 'no operation', query: 'fragment A on Team { id }' },
    { what: 'no document', query: '' },
    { what: 'what is no GraphQL', query: '{' },
    { what: 'a field that there is not', query: 'subscription { teamChange(teamId: "a") { __typename } }' },
    { what: 'a word too many', query: `subscription { teamChanged(teamId: "a") { ${'happened '.repeat(2_000)} } }` },
    {
      what: 'a level too deep',
      query: `subscription { teamChanged(teamId: "a") { team { sku { ${'product { skus { '.repeat(5)} id ${'} }'.repeat(5)} } } } }`,
    },
    {
      what: 'fragments in a circle',
      query: 'subscription { teamChanged(teamId: "a") { ...A } } fragment A on TeamChange { ...A }',
    },
  ])('$what is refused, without a word about the schema, and not run', async ({ query }) => {
    const errors = await refusal(query, {}, asked(ana));
    expect(errors.length).toBeGreaterThan(0);
    for (const { extensions, message } of errors) {
      expect(extensions).toEqual({ code: 'GRAPHQL_INVALID' });
      expect(message).not.toMatch(/did you mean|node_modules|\bat /i);
    }
    expect(await ana.ask('{ me { id } }')).toMatchObject({ id: await ana.userId() });
  });

  it.each([
    { variables: {}, path: 'id', zh: '不能缺少。', en: 'Must be given.' },
    { variables: { id: null }, path: 'id', zh: '不能为 null。', en: 'Must not be null.' },
    { variables: { id: { a: 1 } }, path: 'id', zh: '必须是编号。', en: 'Must be an id.' },
    {
      variables: { id: 'x' },
      path: 'teamId',
      zh: '必须是以 team_ 开头的编号。',
      en: 'Must be an id that begins with team_.',
    },
  ])(
    'the variables $variables are refused by field, in the language of the socket',
    async ({ variables, path, zh, en }) => {
      for (const [language, message] of [
        ['zh-CN', zh],
        ['en', en],
      ] as const) {
        const [error] = await refusal(WATCH, variables, { 'accept-language': language });
        expect(error!.extensions).toEqual({ code: 'BAD_USER_INPUT', fields: [{ path, message }] });
      }
    },
  );

  it('a failure of ours tells nothing but a trace id', async () => {
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    await shop.rows('RENAME TABLE seat TO seat_gone');
    const socket = await greeted();
    socket.subscribe('1', 'subscription ($id: ID!) { teamChanged(teamId: $id) { team { members { isPaid } } } }', {
      id: teamId,
    });
    const [error] = errorsIn(await socket.next());
    await shop.rows('RENAME TABLE seat_gone TO seat');
    expect(error).toMatchObject({ message: '系统繁忙，请稍后再试。', extensions: { code: 'INTERNAL' } });
    expect(JSON.stringify(error)).not.toMatch(/seat_gone|SELECT/);
    expect(log).toHaveBeenCalledWith(expect.stringContaining(error!.extensions.traceId!));
  });

  it('there are so many subscriptions at once, and one more when one of them ends', async () => {
    const socket = await greeted();
    for (let number = 1; number <= SUBSCRIPTIONS_MAX; number += 1) {
      socket.subscribe(String(number), WATCH, { id: teamId });
      expect(await socket.next()).toMatchObject({ id: String(number), type: 'next' });
    }
    socket.subscribe('more', WATCH, { id: teamId });
    expect(errorsIn(await socket.next())).toMatchObject([{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }]);
    socket.send({ id: '1', type: 'complete' });
    socket.subscribe('more', WATCH, { id: teamId });
    expect(await socket.next()).toMatchObject({ id: 'more', type: 'next' });
  });

  it('one name is for one subscription', async () => {
    const socket = await greeted();
    socket.subscribe('1', WATCH, { id: teamId });
    socket.subscribe('1', WATCH, { id: teamId });
    expect((await socket.closed).code).toBe(4409);
  });
});

describe('over HTTP', () => {
  it('a subscription is refused', async () => {
    const { data, errors } = await shop.guest.send(WATCH, { id: teamId });
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      { message: 'GraphQL 请求有误：A subscription needs a socket.', extensions: { code: 'GRAPHQL_INVALID' } },
    ]);
  });
});

describe('who connects', () => {
  it.each([
    { what: 'is nobody’s', payload: { authorization: 'Bearer x.y.z' } },
    { what: 'is no token at all', payload: { authorization: 'Basic eDp5' } },
    { what: 'is empty', payload: { authorization: '' } },
    { what: 'is no text', payload: { authorization: { token: 'x' } } },
    { what: 'is null', payload: { authorization: null } },
  ])('with a token that $what is not let in', async ({ payload }) => {
    const socket = new TestSocket(shop.url);
    await socket.opened();
    socket.send({ type: 'connection_init', payload });
    expect(await socket.closed).toEqual({ code: 4403, reason: 'Forbidden' });
  });

  it('says it under two names, and nothing that is said under others is believed', async () => {
    const socket = await greeted({ headers: { authorization: 'Bearer x' }, token: 'x', Authorization: 'Bearer x' });
    socket.subscribe('1', WATCH, { id: newId('team') });
    expect(errorsIn(await socket.next())[0]!.extensions.code).toBe('NOT_FOUND');
  });

  it('without a token may watch what a guest may, and no subscription was left without @Allow', async () => {
    const subscriptions = Object.keys(shop.get(GraphQLSchemaHost).schema.getSubscriptionType()!.getFields());
    expect(subscriptions).toEqual(PUBLIC);
    const socket = await greeted();
    socket.subscribe('1', WATCH, { id: teamId });
    expect(await socket.next()).toEqual({
      id: '1',
      type: 'next',
      payload: { data: { teamChanged: { team: { id: teamId } } } },
    });
  });
});

describe('a session that ends', () => {
  const joined = async (): Promise<void> => {
    await shop.rows('UPDATE team SET seats_live = seats_live + 1 WHERE status = ?', ['FORMING']);
  };

  it.each([
    { how: 'by logging out', end: (phone: Phone) => phone.ask('mutation { logout }') },
    {
      how: 'because the shop disables its person',
      end: async (phone: Phone) =>
        shop.get(PeopleService).disable({ userId: await phone.userId(), reason: 'of a test' }, newId('staff')),
    },
  ])('$how is told of nothing more, and its socket is closed; a guest’s is not', async ({ how, end }) => {
    const phone = await shop.login(how);
    const [theirs, guests] = [await greeted(asked(phone)), await greeted()];
    for (const socket of [theirs, guests]) {
      socket.subscribe('1', WATCH, { id: teamId });
      await socket.next();
    }
    await end(phone);
    await joined();
    expect(await theirs.closed).toEqual({ code: 4403, reason: 'Forbidden' });
    expect(theirs.unread).toEqual([]);
    expect(await guests.next()).toMatchObject({ type: 'next' });
  });

  it('cannot begin another subscription either', async () => {
    const phone = await shop.login('dan');
    const socket = await greeted(asked(phone));
    await phone.ask('mutation { logout }');
    socket.subscribe('1', WATCH, { id: teamId });
    expect((await socket.closed).code).toBe(4403);
  });
});

describe('in production', () => {
  it('the schema is nobody’s business on a socket either', async () => {
    const live = await Shop.open({ environment: { NODE_ENV: 'production', ALLOW_LOOPBACK_WECHAT: 'yes' } });
    const socket = await TestSocket.greeted(live.url);
    socket.subscribe('1', 'subscription { teamChanged(teamId: "a") { happened } __schema { types { name } } }');
    expect(JSON.stringify(errorsIn(await socket.next()))).toContain('introspection');
    await live.close();
  });
});
