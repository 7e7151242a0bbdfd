import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SendResult } from '#wechat';
import { type Answer, type Received, startChannel, wechatFor } from './channel.js';

let channel: Awaited<ReturnType<typeof startChannel>>;
let wechat: ReturnType<typeof wechatFor>;
let tokens = 0;

beforeAll(async () => {
  channel = await startChannel();
});
beforeEach(() => {
  wechat = wechatFor(channel.origin, { WECHAT_TIMEOUT_MILLISECONDS: 500 });
});
afterAll(async () => {
  await channel.stop();
  await wechat.transport.onApplicationShutdown();
});

const reply = (value: object): Answer => ({ status: 200, body: JSON.stringify(value) });
const isToken = ({ url }: Received): boolean => url === '/cgi-bin/stable_token';

/** Gives a new token whenever one is asked for, unless another answer is said, and answers the message as the test says. */
function answerWith(answer: (request: Received) => Answer, token?: Answer): void {
  channel.answerWith((request) => {
    if (!isToken(request)) return answer(request);
    tokens += 1;
    return token ?? reply({ access_token: `token-${tokens}`, expires_in: 7_200 });
  });
}

const send = (page: string | null = null): Promise<SendResult> =>
  wechat.messages.send({ openid: 'o-ana', templateId: 'tpl-1', page, data: { thing1: '苹果', amount2: '¥1.00' } });

describe('a subscribe message', () => {
  it('says to whom, by which template, what stands in each field, and in which version it opens', async () => {
    answerWith(() => reply({ errcode: 0, errmsg: 'ok' }));
    await expect(send('pages/message?id=1')).resolves.toEqual({ kind: 'SENT' });
    const { method, url, body } = channel.received.findLast((request) => !isToken(request))!;
    expect([method, url]).toEqual(['POST', `/cgi-bin/message/subscribe/send?access_token=token-${tokens}`]);
    expect(JSON.parse(body)).toEqual({
      ...{
        touser: 'o-ana',
        template_id: 'tpl-1',
        page: 'pages/message?id=1',
        miniprogram_state: 'formal',
        lang: 'zh_CN',
      },
      data: { thing1: { value: '苹果' }, amount2: { value: '¥1.00' } },
    });
    expect(body).toContain('苹果');
  });

  it('that opens no page names none', async () => {
    answerWith(() => reply({ errcode: 0 }));
    await send();
    expect(JSON.parse(channel.received.at(-1)!.body)).not.toHaveProperty('page');
  });

  it('is sent once more when the token was refused, since nothing was sent then', async () => {
    const first = `access_token=token-${tokens + 1}`;
    answerWith(({ url }) => reply(url.endsWith(first) ? { errcode: 40001, errmsg: 'invalid' } : { errcode: 0 }));
    await expect(send()).resolves.toEqual({ kind: 'SENT' });
  });

  // prettier-ignore
  it.each<[what: string, answer: Answer, result: Partial<SendResult>]>([
    ['no grant',                  reply({ errcode: 43101, errmsg: 'refused' }), { kind: 'NOT_SENT', code: '43101' }],
    ['a bad field',               reply({ errcode: 47003, errmsg: 'bad' }),     { kind: 'NOT_SENT', code: '47003' }],
    ['too much for today',        reply({ errcode: 45009, errmsg: 'limit' }),   { kind: 'NOT_SENT', code: '45009' }],
    ['a token that is no good',   reply({ errcode: 42001, errmsg: 'expired' }), { kind: 'NOT_SENT', code: '42001' }],
    ['busy',                      reply({ errcode: -1, errmsg: 'busy' }),       { kind: 'UNKNOWN', code: '-1' }],
    ['a page of a proxy',         { status: 200, body: '<html>' },              { kind: 'UNKNOWN', code: 'BAD_REPLY' }],
    ['status 502',                { status: 502, body: '' },                    { kind: 'UNKNOWN', code: 'BAD_REPLY' }],
    ['a cut connection',          'CUT',                                        { kind: 'UNKNOWN', code: 'NETWORK' }],
    ['nothing',                   'HANG',                                       { kind: 'UNKNOWN', code: 'TIMEOUT' }],
  ])('that is answered with %s', async (_what, answer, result) => {
    answerWith(() => answer);
    await expect(send()).resolves.toMatchObject(result);
  });

  it.each<[what: string, token: Answer, result: Partial<SendResult>]>([
    ['is not given', 'CUT', { kind: 'NOT_SENT', code: 'NETWORK' }],
    ['is refused', reply({ errcode: 40125, errmsg: 'secret' }), { kind: 'NOT_SENT', code: '40125' }],
  ])('for which a token %s was never on its way', async (_what, token, result) => {
    answerWith(() => reply({ errcode: 0 }), token);
    const before = channel.received.length;
    await expect(send()).resolves.toMatchObject(result);
    expect(channel.received.slice(before).every(isToken)).toBe(true);
  });
});
