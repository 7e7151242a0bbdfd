import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Id, idBytes, MachineClock, newId, secondsAfter } from '#common';
import { IdentityService, Session, User, type UserId } from '#identity';
import { LoginClient } from '#wechat';
import { SCHEDULE } from '../../src/schedule.js';
import type { Client } from '../support/client.js';
import { Shop } from '../support/shop.js';

const REFRESH = `mutation ($input: SessionRefreshInput!) { sessionRefresh(input: $input) {
  __typename ... on Login { accessToken refreshToken user { id } } ... on Refusal { message } } }`;
const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) {
  __typename ... on Login { accessToken refreshToken user { id status } } ... on Refusal { message } } }`;

interface LoginAnswer {
  readonly __typename: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: { readonly id: UserId };
}

let shop: Shop;

beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(async () => {
  await shop.close();
});
afterEach(() => {
  jest.restoreAllMocks();
});

const login = (code: string): Promise<LoginAnswer> => shop.guest.ask(LOGIN, { input: { code } });
const loginOf = async (person: string): Promise<LoginAnswer> => login(await shop.phone(person).loginCode());
const refresh = (refreshToken: string): Promise<LoginAnswer> => shop.guest.ask(REFRESH, { input: { refreshToken } });

/** Lets machine time stand still, some seconds after now. */
function standAt(secondsLater: number, from = new Date()): void {
  jest.spyOn(shop.get(MachineClock), 'now').mockReturnValue(secondsAfter(from, secondsLater));
}

async function whoIs(accessToken: string): Promise<string> {
  const client: Client = shop.guest;
  client.accessToken = accessToken;
  const { errors, data } = await client.send('{ me { id } }');
  return errors?.[0]?.extensions.code ?? (data as { me: { id: string } } | null)?.me.id ?? 'nobody';
}

describe('a login', () => {
  it('creates the person who comes for the first time, and knows them again', async () => {
    const first = await loginOf('ana');
    const second = await loginOf('ana');
    const other = await loginOf('bo');
    expect(second.user).toEqual(first.user);
    expect(other.user.id).not.toBe(first.user.id);
    expect(await whoIs(second.accessToken)).toBe(first.user.id);
  });

  it('of one person on two phones at once creates one person and two sessions', async () => {
    const both = await Promise.all([loginOf('cy'), loginOf('cy'), loginOf('cy')]);
    expect(new Set(both.map(({ user }) => user.id)).size).toBe(1);
    expect(new Set(both.map(({ refreshToken }) => refreshToken)).size).toBe(3);
  });

  it('works once for each code', async () => {
    const code = await shop.phone('ana').loginCode();
    expect((await login(code)).__typename).toBe('Login');
    expect((await login(code)).__typename).toBe('LoginCodeInvalid');
  });

  it('works once for each code, also when ten phones send it at once', async () => {
    const code = await shop.phone('ana').loginCode();
    const answers = await Promise.all(Array.from({ length: 10 }, () => login(code)));
    const names = answers.map(({ __typename }) => __typename);
    expect(names.filter((name) => name === 'Login')).toHaveLength(1);
    expect(names.filter((name) => name === 'LoginCodeInvalid')).toHaveLength(9);
  });

  it('works once for each code even if WeChat accepts it twice', async () => {
    jest
      .spyOn(shop.get(LoginClient), 'exchange')
      .mockResolvedValue({ openid: 'o-twice', unionid: null, sessionKey: 'k' });
    const answers = await Promise.all([login('accepted twice'), login('accepted twice')]);
    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual(['Login', 'LoginCodeInvalid']);
  });

  it('with a code that WeChat does not know is refused', async () => {
    expect((await login('made up')).__typename).toBe('LoginCodeInvalid');
  });

  it.each(['', 'x'.repeat(129)])('with a code that cannot be one (%p) is the client’s mistake', async (code) => {
    const { errors } = await shop.guest.send(LOGIN, { input: { code } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'input.code' }] });
  });
});

describe('a disabled person', () => {
  it('is told so when logging in with a good code and when refreshing', async () => {
    const before = await loginOf('dan');
    await shop.source.manager.update(User, { id: before.user.id }, { status: 'DISABLED' });
    expect((await loginOf('dan')).__typename).toBe('UserDisabled');
    expect((await login('a guess')).__typename).toBe('LoginCodeInvalid');
    expect((await refresh(before.refreshToken)).__typename).toBe('UserDisabled');
  });

  it('is shut out by the word of the database alone, though nobody has ended the session', async () => {
    const { accessToken, user } = await loginOf('dora');
    expect(await whoIs(accessToken)).toBe(user.id);
    await shop.source.manager.update(User, { id: user.id }, { status: 'DISABLED' });
    expect(await whoIs(accessToken)).toBe('UNAUTHENTICATED');
  });
});

describe('refreshing', () => {
  it('replaces both tokens for the same person', async () => {
    const { user, ...old } = await loginOf('ana');
    const fresh = await refresh(old.refreshToken);
    expect(fresh).toMatchObject({ __typename: 'Login', user: { id: user.id } });
    expect(fresh.refreshToken).not.toBe(old.refreshToken);
    expect(await whoIs(fresh.accessToken)).toBe(user.id);
  });

  it('takes the token before for thirty seconds, because an answer may be lost on its way', async () => {
    const { refreshToken } = await loginOf('ana');
    await refresh(refreshToken);
    standAt(29);
    const again = await refresh(refreshToken);
    expect(again.__typename).toBe('Login');
    expect((await refresh(again.refreshToken)).__typename).toBe('Login');
  });

  it('takes the token before for thirty seconds in all, however often it is used meanwhile', async () => {
    const { refreshToken } = await loginOf('ana');
    const rotatedAt = new Date();
    await refresh(refreshToken);
    standAt(20, rotatedAt);
    expect((await refresh(refreshToken)).__typename).toBe('Login');
    standAt(40, rotatedAt);
    expect((await refresh(refreshToken)).__typename).toBe('SessionEnded');
  });

  it('by a token that was replaced long ago ends the session for both who hold it', async () => {
    const { refreshToken } = await loginOf('ana');
    const { refreshToken: current } = await refresh(refreshToken);
    standAt(31);
    expect((await refresh(refreshToken)).__typename).toBe('SessionEnded');
    expect((await refresh(current)).__typename).toBe('SessionEnded');
  });

  it('by many at once gives all of them the same token, so whichever answer the phone keeps is good', async () => {
    const { refreshToken } = await loginOf('ana');
    const answers = await Promise.all(Array.from({ length: 5 }, () => refresh(refreshToken)));
    const [first] = answers;
    expect(answers.map(({ refreshToken: fresh }) => fresh)).toEqual(
      Array.from({ length: 5 }, () => first!.refreshToken),
    );
    expect((await refresh(first!.refreshToken)).__typename).toBe('Login');
  });

  it('is over after thirty days without use, and each use begins them anew', async () => {
    const { refreshToken } = await loginOf('ana');
    const start = new Date();
    standAt(29 * 86_400, start);
    const { refreshToken: second } = await refresh(refreshToken);
    standAt(58 * 86_400, start);
    const { refreshToken: third } = await refresh(second);
    expect(third).toBeDefined();
    standAt(89 * 86_400, start);
    expect((await refresh(third)).__typename).toBe('SessionEnded');
  });

  it.each(['', 'nonsense', 'session_01k3qz5w3ve8grm6bz9s1x2y3h.secret', 'user_01k3qz5w3ve8grm6bz9s1x2y3h.secret'])(
    'by %p gives nothing',
    async (refreshToken) => {
      const { data, errors } = await shop.guest.send(REFRESH, { input: { refreshToken } });
      const answer = (data as { sessionRefresh: { __typename: string } } | null)?.sessionRefresh.__typename;
      expect(answer ?? errors?.[0]?.extensions.code).toBe(refreshToken === '' ? 'BAD_USER_INPUT' : 'SessionEnded');
    },
  );

  it('of one’s own session does not take the secret of another', async () => {
    const [ana, bo] = [await loginOf('ana'), await loginOf('bo')];
    const forged = `${ana.refreshToken.split('.')[0]!}.${bo.refreshToken.split('.')[1]!}`;
    expect((await refresh(forged)).__typename).toBe('SessionEnded');
  });
});

describe('refreshing and ending at the same time', () => {
  const end = async (accessToken: string): Promise<void> => {
    const client = shop.guest;
    client.accessToken = accessToken;
    await client.send('mutation { logout }');
  };

  const expectEnded = async ({ refreshToken, accessToken }: LoginAnswer): Promise<void> => {
    expect((await refresh(refreshToken)).__typename).toBe('SessionEnded');
    expect(await whoIs(accessToken)).toBe('UNAUTHENTICATED');
  };

  it('leaves a session that logs out ended, whoever was first', async () => {
    for (let round = 0; round < 10; round += 1) {
      const before = await loginOf(`racer ${round}`);
      const [refreshed] = await Promise.all([refresh(before.refreshToken), end(before.accessToken)]);
      expect(['Login', 'SessionEnded']).toContain(refreshed.__typename);
      await expectEnded(refreshed.__typename === 'Login' ? refreshed : before);
    }
  });

  it('ends it for everybody if one of them is a thief with an old token', async () => {
    const { refreshToken: stolen } = await loginOf('owner');
    const current = await refresh(stolen);
    standAt(31);
    const [owner, thief] = await Promise.all([refresh(current.refreshToken), refresh(stolen)]);
    expect(thief.__typename).toBe('SessionEnded');
    expect(['Login', 'SessionEnded']).toContain(owner.__typename);
    await expectEnded(owner.__typename === 'Login' ? owner : current);
  });
});

describe('an access token', () => {
  it('ends with its session: by logging out', async () => {
    const { accessToken } = await loginOf('ana');
    const client = shop.guest;
    client.accessToken = accessToken;
    expect(await client.ask('mutation { logout }')).toBe(true);
    expect(await whoIs(accessToken)).toBe('UNAUTHENTICATED');
    expect((await client.send('{ serverTime }')).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('ends with its session: by the reuse of a refresh token', async () => {
    const { refreshToken } = await loginOf('ana');
    const { accessToken } = await refresh(refreshToken);
    standAt(31);
    await refresh(refreshToken);
    expect(await whoIs(accessToken)).toBe('UNAUTHENTICATED');
  });

  it('costs one statement for each request, however many fields it asks for', async () => {
    const { accessToken } = await loginOf('ana');
    const client = shop.guest;
    const ask = (): Promise<unknown> => client.send('{ a: serverTime b: serverTime c: serverTime d: serverTime }');
    const asStranger = await shop.statements.during(ask);
    client.accessToken = accessToken;
    const asAna = await shop.statements.during(ask);
    expect(asAna).toHaveLength(asStranger.length + 1);
  });
});

describe('one’s sessions', () => {
  interface Shown {
    readonly edges: readonly { readonly node: { readonly id: string; readonly isThis: boolean } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  }
  const SESSIONS = `query ($first: Int!, $after: String) { sessions(first: $first, after: $after) {
    edges { node { id startedAt rotatedAt expiresAt isThis } } pageInfo { hasNextPage endCursor } } }`;
  const sessionsOf = ({ accessToken }: LoginAnswer, page: object = { first: 20 }): Promise<Shown> => {
    const client = shop.guest;
    client.accessToken = accessToken;
    return client.ask(SESSIONS, page);
  };

  it('are listed, the newest login first, with the one that asks marked; those that ended and others’ are not', async () => {
    const [first, ended, second] = [await loginOf('lea'), await loginOf('lea'), await loginOf('lea')];
    await loginOf('max');
    const client = shop.guest;
    client.accessToken = ended.accessToken;
    await client.ask('mutation { logout }');

    const { edges } = await sessionsOf(first);
    const ids = [second, first].map(({ refreshToken }) => refreshToken.split('.')[0]!);
    expect(edges.map(({ node }) => [node.id, node.isThis])).toEqual([
      [ids[0], false],
      [ids[1], true],
    ]);
    const page = await sessionsOf(first, { first: 1 });
    expect([page.edges[0]?.node.id, page.pageInfo.hasNextPage]).toEqual([ids[0], true]);
    const next = await sessionsOf(first, { first: 1, after: page.pageInfo.endCursor });
    expect([next.edges[0]?.node.id, next.pageInfo.hasNextPage]).toEqual([ids[1], false]);
  });

  it('tell when the phone logged in and when it last came back', async () => {
    const { refreshToken } = await loginOf('nia');
    const [started] = await shop.rows<{ at: Date }>('SELECT MAX(started_at) AS at FROM session');
    standAt(60, started!.at);
    const fresh = await refresh(refreshToken);
    const { edges } = await sessionsOf(fresh);
    expect(edges[0]?.node).toMatchObject({
      startedAt: started!.at.toISOString(),
      rotatedAt: secondsAfter(started!.at, 60).toISOString(),
    });
  });

  it('all end at once by logging out everywhere, and nobody else’s do', async () => {
    const [here, there, other] = [await loginOf('pia'), await loginOf('pia'), await loginOf('ron')];
    const client = shop.guest;
    client.accessToken = here.accessToken;
    expect(await client.ask('mutation { logoutEverywhere }')).toBe(true);
    for (const { accessToken, refreshToken } of [here, there]) {
      expect(await whoIs(accessToken)).toBe('UNAUTHENTICATED');
      expect((await refresh(refreshToken)).__typename).toBe('SessionEnded');
    }
    expect(await whoIs(other.accessToken)).toBe(other.user.id);
  });

  it('are forgotten thirty days after they ended, however many there are, and no sooner', async () => {
    const { refreshToken, user } = await loginOf('sam');
    const kept = Buffer.from(idBytes(refreshToken.split('.')[0] as Id<'session'>));
    const now = new Date();
    const day = 86_400;
    const rows = (count: number, expiresAt: Date, revokedAt: Date | null): object[] =>
      Array.from({ length: count }, () => ({
        ...{ id: newId('session'), userId: user.id, loginCodeHash: randomBytes(32), refreshHash: randomBytes(32) },
        ...{ startedAt: now, rotatedAt: now, expiresAt, revokedAt },
      }));
    await shop.source.manager.query('DELETE FROM session WHERE id <> ?', [kept]);
    await shop.source.manager.insert(Session, [
      ...rows(501, secondsAfter(now, -31 * day), null), // More than a page.
      ...rows(2, secondsAfter(now, 9 * day), secondsAfter(now, -31 * day)),
      ...rows(3, secondsAfter(now, -29 * day), null),
      ...rows(4, secondsAfter(now, 1 * day), secondsAfter(now, -29 * day)),
    ]);
    await shop.source.query("INSERT INTO job (name, args, run_at) VALUES ('identity.purgeSessions', '{}', NOW(3))");
    await shop.drain();
    const [{ left }] = (await shop.rows<{ left: string }>('SELECT COUNT(*) AS `left` FROM session')) as [
      { left: string },
    ];
    expect(Number(left)).toBe(1 + 3 + 4);
    expect((await refresh(refreshToken)).__typename).toBe('Login');
    expect(SCHEDULE.map(({ job }) => job.name)).toContain('identity.purgeSessions');
  });
});

describe('a logout', () => {
  it('ends its own session and no other', async () => {
    const [here, there] = [await loginOf('ana'), await loginOf('ana')];
    const client = shop.guest;
    client.accessToken = here.accessToken;
    expect(await client.ask('mutation { logout }')).toBe(true);
    expect((await refresh(here.refreshToken)).__typename).toBe('SessionEnded');
    expect((await refresh(there.refreshToken)).__typename).toBe('Login');
  });
});

describe('the table of sessions', () => {
  it('holds no token, no code and no openid, only hashes', async () => {
    const phone = shop.phone('eve');
    const code = await phone.loginCode();
    const { refreshToken, accessToken, user } = await login(code);
    const openid = await shop.get(IdentityService).openidOf(shop.source.manager, user.id);
    const rows = await shop.rows<Record<string, unknown>>('SELECT * FROM session');
    const content = rows
      .flatMap((row) => Object.values(row))
      .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)));

    const secrets = [refreshToken, refreshToken.split('.')[1]!, accessToken, accessToken.split('.')[2]!, code, openid];
    for (const secret of secrets) {
      const bytes = Buffer.from(secret, 'base64url').toString('latin1');
      expect(content.filter((value) => value.includes(secret) || (bytes.length > 0 && value.includes(bytes)))).toEqual(
        [],
      );
    }
  });
});
