import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RunningEmulator } from '../../src/emulator/index.js';
import { type Answer, closeEverything, control, read, shop, startShopEmulator } from './wechat.js';

let wechat: RunningEmulator;
beforeAll(async () => {
  wechat = await startShopEmulator();
});
afterAll(closeEverything);
afterEach(() => {
  jest.restoreAllMocks();
});

const phoneCode = async (more: object = {}): Promise<string> =>
  String((await control(wechat.url, 'POST', '/phone-codes', { person: 'ana', ...more })).body['code']);

async function openidOf(person: string): Promise<string> {
  return String((await control(wechat.url, 'POST', '/login-codes', { person })).body['openid']);
}

async function token(change: object = {}): Promise<string> {
  const body = { grant_type: 'client_credential', appid: shop.appId, secret: shop.appSecret, ...change };
  const { body: answer } = await read(
    await fetch(`${wechat.url}/cgi-bin/stable_token`, { method: 'POST', body: JSON.stringify(body) }),
  );
  return String(answer['access_token']);
}

async function ask(body: object | string, accessToken?: string): Promise<Answer> {
  const query = new URLSearchParams({ access_token: accessToken ?? (await token()) }).toString();
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return read(await fetch(`${wechat.url}/wxa/business/getuserphonenumber?${query}`, { method: 'POST', body: text }));
}

function laterBy(seconds: number): void {
  const nowMs = Date.now() + seconds * 1_000;
  jest.spyOn(Date, 'now').mockImplementation(() => nowMs);
}

describe('the number of a person', () => {
  it('is the same each time, stamped with the mini-program and the time', async () => {
    const [one, two] = [await ask({ code: await phoneCode() }), await ask({ code: await phoneCode() })];
    const number: unknown = expect.stringMatching(/^154\d{8}$/);
    const info = { phoneNumber: number, purePhoneNumber: number, countryCode: '86' };
    expect(one.body).toEqual({
      ...{ errcode: 0, errmsg: 'ok' },
      phone_info: { ...info, watermark: { timestamp: expect.any(Number), appid: shop.appId } },
    });
    expect(Math.abs(Date.now() / 1_000 - watermarkOf(one))).toBeLessThan(60);
    expect(two.body).toMatchObject({ phone_info: { purePhoneNumber: numberOf(one) } });
    expect(numberOf(await ask({ code: await phoneCode({ person: 'bo' }) }))).not.toBe(numberOf(one));
  });

  // prettier-ignore
  it.each([
    [{ pure_phone_number: '13812345678' },                     '13812345678', '86'],
    [{ pure_phone_number: '13812345678', country_code: 86 },   '13812345678', 86],
    [{ pure_phone_number: '61234567', country_code: '852' },   '+85261234567', '852'],
  ])('may be named: %j', async (named, phoneNumber, countryCode) => {
    const { body } = await ask({ code: await phoneCode(named) });
    expect(body).toMatchObject({ phone_info: { phoneNumber, purePhoneNumber: named.pure_phone_number, countryCode } });
  });

  it.each([{ pure_phone_number: '+86138' }, { country_code: '+86' }, { country_code: 0 }, { person: '' }])(
    'cannot be such: %j',
    async (named) => {
      const answer = await control(wechat.url, 'POST', '/phone-codes', { person: 'ana', ...named });
      expect(answer).toMatchObject({ status: 400, body: { field: Object.keys(named)[0] } });
    },
  );
});

describe('a code for it', () => {
  it('works once', async () => {
    const code = await phoneCode();
    await ask({ code });
    expect(await ask({ code })).toMatchObject({ status: 200, body: { errcode: 40029 } });
  });

  it('is good for nobody but whose it is, and stays good for them', async () => {
    const code = await phoneCode();
    expect(await ask({ code, openid: await openidOf('bo') })).toMatchObject({ body: { errcode: 40029 } });
    expect(await ask({ code, openid: await openidOf('ana') })).toMatchObject({ body: { errcode: 0 } });
  });

  it('is worth nothing after five minutes', async () => {
    const code = await phoneCode();
    laterBy(300);
    expect((await ask({ code })).body).toMatchObject({ errcode: 40029 });
  });

  it('is not one for logging in, nor the other way round', async () => {
    const { body } = await control(wechat.url, 'POST', '/login-codes', { person: 'ana' });
    expect((await ask({ code: body['code'] })).body).toMatchObject({ errcode: 40029 });
  });

  it.each([
    ['no code', {}, 41008],
    ['no JSON', 'code=1', 47001],
    ['nothing', '', 44002],
    ['a code that is a number', { code: 1 }, 47001],
    ['the token in the body', { code: 'x', access_token: 'x' }, 47001],
    ['a code that nobody was given', { code: 'x' }, 40029],
  ])('is refused with %s, with HTTP 200 all the same', async (_what, body, errcode) => {
    expect(await ask(body)).toMatchObject({ status: 200, body: { errcode } });
  });

  it.each([
    ['error_500', -1],
    ['error_429', 45011],
  ])('is not used up by %s', async (kind, errcode) => {
    const code = await phoneCode();
    await control(wechat.url, 'POST', '/faults', { operation: 'phone', kind });
    expect((await ask({ code })).body).toMatchObject({ errcode });
    expect((await ask({ code })).body).toMatchObject({ errcode: 0 });
  });
});

describe('the token that it takes', () => {
  it.each([
    ['', 41001],
    ['made-up', 40001],
  ])('is not %j', async (accessToken, errcode) => {
    expect((await ask({ code: await phoneCode() }, accessToken)).body).toMatchObject({ errcode });
  });

  it('may be the one before, until that ends', async () => {
    const former = await token();
    laterBy(6_950);
    expect(await token()).not.toBe(former);
    expect((await ask({ code: await phoneCode() }, former)).body).toMatchObject({ errcode: 0 });
    laterBy(300);
    expect((await ask({ code: await phoneCode() }, former)).body).toMatchObject({ errcode: 42001 });
  });

  it('is not the one before that was replaced by force', async () => {
    const former = await token();
    const forced = await token({ force_refresh: true });
    expect(forced).not.toBe(former);
    expect((await ask({ code: await phoneCode() }, former)).body).toMatchObject({ errcode: 40001 });
    expect((await ask({ code: await phoneCode() }, forced)).body).toMatchObject({ errcode: 0 });
  });
});

interface Told {
  readonly phone_info: { readonly purePhoneNumber: string; readonly watermark: { readonly timestamp: number } };
}
const numberOf = ({ body }: Answer): string => (body as unknown as Told).phone_info.purePhoneNumber;
const watermarkOf = ({ body }: Answer): number => (body as unknown as Told).phone_info.watermark.timestamp;
