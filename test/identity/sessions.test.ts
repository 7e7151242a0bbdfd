import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { MachineClock, secondsAfter } from '#common';
import { User, type UserId } from '#identity';
import { LoginClient } from '#wechat';
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
    jest.spyOn(shop.get(LoginClient), 'exchange').mockResolvedValue({ openid: 'o-twice', unionid: null });
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
  it('can neither log in nor refresh', async () => {
    const before = await loginOf('dan');
    await shop.source.manager.update(User, { id: before.user.id }, { status: 'DISABLED' });
    expect((await loginOf('dan')).__typename).toBe('UserDisabled');
    expect((await refresh(before.refreshToken)).__typename).toBe('UserDisabled');
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
    const { openid } = await shop.source.manager.findOneByOrFail(User, { id: user.id });
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
