import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChannelError, PhoneAskedTooOften, PhoneCodeRejected, type PhoneNumber } from '#wechat';
import { type Answer, NOW_SECONDS, type Received, startChannel, wechatFor } from './channel.js';

const APP_ID = 'wx2421b1c4370ec43b';
const INFO = {
  ...{ phoneNumber: '13812345678', purePhoneNumber: '13812345678', countryCode: '86' },
  watermark: { timestamp: NOW_SECONDS - 60, appid: APP_ID },
};

let channel: Awaited<ReturnType<typeof startChannel>>;
let wechat: ReturnType<typeof wechatFor>;

beforeAll(async () => {
  channel = await startChannel();
});
beforeEach(() => {
  wechat = wechatFor(channel.origin);
});
afterAll(async () => {
  await channel.stop();
  await wechat.transport.onApplicationShutdown();
});

const reply = (value: object): Answer => ({ status: 200, body: JSON.stringify(value) });
let tokens = 0;

/** Gives a new token whenever one is asked for, and answers anything else as the test says. */
function answerWith(answer: Answer | ((request: Received) => Answer)): void {
  channel.answerWith((request) => {
    if (request.url !== '/cgi-bin/stable_token') return typeof answer === 'function' ? answer(request) : answer;
    tokens += 1;
    return reply({ access_token: `token-${tokens}`, expires_in: 7_200 });
  });
}
const exchange = (): Promise<PhoneNumber> => wechat.phones.exchange('0b3&a=b c', 'oX1');
const asked = (): Received[] => channel.received.filter(({ url }) => url.startsWith('/wxa/'));

describe('exchanging the code of the number button', () => {
  it('asks for the number of that person, and shows the token in the address only', async () => {
    answerWith(reply({ errcode: 0, errmsg: 'ok', phone_info: INFO }));
    await expect(exchange()).resolves.toEqual({ countryCode: '86', number: '13812345678' });
    const { method, url, body } = asked()[0]!;
    expect([method, url]).toEqual(['POST', `/wxa/business/getuserphonenumber?access_token=token-${tokens}`]);
    expect(JSON.parse(body)).toEqual({ code: '0b3&a=b c', openid: 'oX1' });
  });

  // prettier-ignore
  it.each<[what: string, change: object, number: PhoneNumber]>([
    ['a country code that is a number', { countryCode: 86 }, { countryCode: '86', number: '13812345678' }],
    ['a number from abroad', { countryCode: '852', purePhoneNumber: '61234567' }, { countryCode: '852', number: '61234567' }],
    ['a watermark from five minutes ahead', { watermark: { timestamp: NOW_SECONDS + 300, appid: APP_ID } }, { countryCode: '86', number: '13812345678' }],
  ])('takes %s, and a success without errcode', async (_what, change, number) => {
    answerWith(reply({ phone_info: { ...INFO, ...change } }));
    await expect(exchange()).resolves.toEqual(number);
  });

  it('is done once more, with a new token, when the token is refused', async () => {
    const first = `access_token=token-${tokens + 1}`;
    answerWith(({ url }) => reply(url.endsWith(first) ? { errcode: 42001, errmsg: 'expired' } : { phone_info: INFO }));
    await expect(exchange()).resolves.toMatchObject({ number: '13812345678' });
    expect(asked()).toHaveLength(2);
  });

  it.each([40029, 40163, 40003])('is rejected for %i: another tap is needed', async (errcode) => {
    answerWith(reply({ errcode, errmsg: 'no, rid: 6f1c-22' }));
    await expect(exchange()).rejects.toThrow(PhoneCodeRejected);
  });

  it('may be tried later when WeChat is asked too often', async () => {
    answerWith(reply({ errcode: 45011, errmsg: 'no, rid: 6f1c-22' }));
    await expect(exchange()).rejects.toThrow(PhoneAskedTooOften);
  });

  it.each([
    [-1, 'UNKNOWN', true],
    [40013, 'REFUSED', false],
  ])('that fails with %i tells the code and the request id', async (errcode, outcome, isRetryable) => {
    answerWith(reply({ errcode, errmsg: 'no, rid: 6f1c-22' }));
    await expect(exchange()).rejects.toMatchObject({
      ...{ code: String(errcode), outcome, isRetryable },
      requestId: '6f1c-22',
    });
  });

  // prettier-ignore
  it.each<[what: string, change: object, named: string]>([
    ['another mini-program',     { watermark: { timestamp: NOW_SECONDS, appid: 'wx-other' } },       'watermark.appid'],
    ['another day',              { watermark: { timestamp: NOW_SECONDS - 601, appid: APP_ID } },     'watermark.timestamp'],
    ['tomorrow',                 { watermark: { timestamp: NOW_SECONDS + 601, appid: APP_ID } },     'watermark.timestamp'],
    ['no time',                  { watermark: { appid: APP_ID } },                                   'watermark.timestamp'],
    ['no watermark',             { watermark: null },                                                'watermark'],
    ['no number',                { purePhoneNumber: '' },                                            'purePhoneNumber'],
    ['a number that is a word',  { purePhoneNumber: '1381234567O' },                                 'purePhoneNumber'],
    ['a number without end',     { purePhoneNumber: '138123456789012' },                             'purePhoneNumber'],
    ['no country',               { countryCode: null },                                              'countryCode'],
    ['half a country',           { countryCode: 8.6 },                                               'countryCode'],
    ['a country below zero',     { countryCode: -86 },                                               'countryCode'],
  ])('is not believed with %s, and the number is told to nobody', async (_what, change, named) => {
    answerWith(reply({ phone_info: { ...INFO, ...change } }));
    const error: unknown = await exchange().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ChannelError);
    expect(error).toMatchObject({ code: 'BAD_REPLY', outcome: 'UNKNOWN' });
    expect((error as ChannelError).message).toContain(`phone_info.${named} is `);
    expect((error as ChannelError).message).not.toMatch(/138123|token-|0b3/);
  });

  it.each<[what: string, answer: Answer, code: string]>([
    ['a page', { status: 200, body: '<html>' }, 'BAD_REPLY'],
    ['status 503', { status: 503, body: '{}' }, 'BAD_REPLY'],
    ['a cut connection', 'CUT', 'NETWORK'],
  ])('fails on %s and shows neither token nor code', async (_what, answer, code) => {
    answerWith(answer);
    const error: unknown = await exchange().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, outcome: 'UNKNOWN' });
    expect((error as ChannelError).message).not.toMatch(/token-|0b3/);
  });
});
