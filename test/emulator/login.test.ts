import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RunningEmulator } from '../../src/emulator/index.js';
import { control, closeEverything, read, shop, startShopEmulator } from './wechat.js';

let wechat: RunningEmulator;
beforeAll(async () => {
  wechat = await startShopEmulator();
});
afterAll(closeEverything);
afterEach(() => {
  jest.restoreAllMocks();
});

async function codeOf(person: string): Promise<string> {
  return String((await control(wechat.url, 'POST', '/login-codes', { person })).body['code']);
}

function logIn(code: string, change: object = {}) {
  const query = {
    appid: shop.appId,
    secret: shop.appSecret,
    js_code: code,
    grant_type: 'authorization_code',
    ...change,
  };
  return fetch(`${wechat.url}/sns/jscode2session?${new URLSearchParams(query).toString()}`).then(read);
}

function askToken(change: object = {}) {
  const body = { grant_type: 'client_credential', appid: shop.appId, secret: shop.appSecret, ...change };
  return fetch(`${wechat.url}/cgi-bin/stable_token`, { method: 'POST', body: JSON.stringify(body) }).then(read);
}

function laterBy(seconds: number): void {
  const nowMs = Date.now() + seconds * 1_000;
  jest.spyOn(Date, 'now').mockImplementation(() => nowMs);
}

describe('login', () => {
  it('knows a person by the same openid at every login, under a new session key', async () => {
    const first = await logIn(await codeOf('ana'));
    const second = await logIn(await codeOf('ana'));
    const other = await logIn(await codeOf('bo'));

    expect(first.body).toEqual({
      openid: expect.stringMatching(/^o[\w-]{27}$/),
      session_key: expect.stringMatching(/^.{22}==$/),
      unionid: expect.any(String),
    });
    expect(second.body['openid']).toBe(first.body['openid']);
    expect(second.body['session_key']).not.toBe(first.body['session_key']);
    expect(other.body['openid']).not.toBe(first.body['openid']);
  });

  it('takes a code once', async () => {
    const code = await codeOf('ana');
    await logIn(code);
    expect((await logIn(code)).body).toMatchObject({
      errcode: 40163,
      errmsg: expect.stringMatching(/ rid: (\w{8}-?){3}$/),
    });
  });

  it('refuses a code that is five minutes old', async () => {
    const code = await codeOf('ana');
    laterBy(300);
    expect((await logIn(code)).body).toMatchObject({ errcode: 40029 });
  });

  it.each([
    ['an unknown code', {}, 40029],
    ['another mini-program', { appid: 'wx-other' }, 40013],
    ['a wrong secret', { secret: 'guess' }, 40125],
  ])('refuses %s, with HTTP 200 all the same', async (_what, change, errcode) => {
    const answer = await logIn('never-issued', change);
    expect(answer).toMatchObject({ status: 200, body: { errcode } });
  });
});

describe('the stable token', () => {
  it('is the same for everyone who asks, until its last five minutes', async () => {
    const first = await askToken();
    expect(first.body).toEqual({ access_token: expect.any(String), expires_in: 7_200 });
    expect((await askToken()).body['access_token']).toBe(first.body['access_token']);

    laterBy(6_901);
    expect((await askToken()).body['access_token']).not.toBe(first.body['access_token']);
  });

  it('is replaced by force, but not twice within thirty seconds', async () => {
    const before = await askToken();
    const forced = await askToken({ force_refresh: true });
    const again = await askToken({ force_refresh: true });
    expect(forced.body['access_token']).not.toBe(before.body['access_token']);
    expect(again.body['access_token']).toBe(forced.body['access_token']);
  });

  it.each([
    ['a wrong secret', { secret: 'guess' }, 40125],
    ['another mini-program', { appid: 'wx-other' }, 40013],
    ['another grant', { grant_type: 'password' }, 40002],
  ])('is refused for %s', async (_what, change, errcode) => {
    expect(await askToken(change)).toMatchObject({ status: 200, body: { errcode } });
  });
});
