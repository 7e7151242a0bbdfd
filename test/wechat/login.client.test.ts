import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChannelError, LoginCodeRejected } from '#wechat';
import { type Answer, startChannel, wechatFor } from './channel.js';

let channel: Awaited<ReturnType<typeof startChannel>>;
let wechat: ReturnType<typeof wechatFor>;

beforeAll(async () => {
  channel = await startChannel();
  wechat = wechatFor(channel.origin);
});

afterAll(async () => {
  await channel.stop();
  await wechat.transport.onApplicationShutdown();
});

const reply = (value: object) => ({ status: 200, body: JSON.stringify(value) });
const login = () => wechat.login.exchange('0b3&a=b c');

describe('exchanging a login code', () => {
  it('gives who signed in and the key of that login', async () => {
    channel.answerWith(
      reply({ openid: 'oX1', session_key: 'tiihtNczf5v6AKRyjwEUhQ==', unionid: 'uX1', errcode: 0, errmsg: 'ok' }),
    );
    await expect(login()).resolves.toEqual({
      openid: 'oX1',
      unionid: 'uX1',
      sessionKey: 'tiihtNczf5v6AKRyjwEUhQ==',
    });

    const { method, url } = channel.received[0]!;
    const { pathname, searchParams } = new URL(url, channel.origin);
    expect([method, pathname]).toEqual(['GET', '/sns/jscode2session']);
    expect(Object.fromEntries(searchParams)).toEqual({
      appid: 'wx2421b1c4370ec43b',
      secret: 'a-secret-that-no-message-may-show',
      js_code: '0b3&a=b c',
      grant_type: 'authorization_code',
    });
  });

  it('takes a success without errcode and without unionid', async () => {
    channel.answerWith(reply({ openid: 'oX1', session_key: 'k' }));
    await expect(login()).resolves.toEqual({ openid: 'oX1', unionid: null, sessionKey: 'k' });
  });

  it.each([
    [40029, 'INVALID_OR_EXPIRED'],
    [40163, 'USED'],
    [40226, 'HIGH_RISK_USER'],
  ])('rejects the code for %i: %s', async (errcode, reason) => {
    channel.answerWith(reply({ errcode, errmsg: 'no, rid: 6f1c-22' }));
    await expect(login()).rejects.toThrow(LoginCodeRejected);
    await expect(login()).rejects.toMatchObject({ reason });
  });

  it.each([
    [
      { errcode: -1, errmsg: 'system error, rid: 6f1c-22' },
      { code: '-1', outcome: 'UNKNOWN', isRetryable: true },
    ],
    [
      { errcode: 45011, errmsg: 'too often, rid: 6f1c-22' },
      { code: '45011', outcome: 'REFUSED', isRetryable: true },
    ],
    [
      { errcode: 40125, errmsg: 'bad secret, rid: 6f1c-22' },
      { code: '40125', outcome: 'REFUSED', isRetryable: false },
    ],
  ])('of %j tells the code and the request id', async (value, expected) => {
    channel.answerWith(reply(value));
    await expect(login()).rejects.toMatchObject({ ...expected, httpStatus: 200, requestId: '6f1c-22' });
  });

  it.each<[what: string, answer: Answer, code: string]>([
    ['no openid', reply({ session_key: 'k' }), 'BAD_REPLY'],
    ['no session key', reply({ openid: 'oX1' }), 'BAD_REPLY'],
    ['a page', { status: 200, body: '<html>' }, 'BAD_REPLY'],
    ['a list', { status: 200, body: '[]' }, 'BAD_REPLY'],
    ['status 503', { status: 503, body: '{}' }, 'BAD_REPLY'],
    ['a cut connection', 'CUT', 'NETWORK'],
  ])('fails on %s and shows neither secret nor code', async (_what, answer, code) => {
    channel.answerWith(answer);
    const error = await login().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ChannelError);
    expect(error).toMatchObject({ code, outcome: 'UNKNOWN' });
    expect((error as ChannelError).message).not.toMatch(/secret|0b3/);
  });
});
