import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunningEmulator } from '../../src/emulator/index.js';
import { openidOf } from '../../src/emulator/ids.js';
import { openPush, pushKey, pushSignature } from '../../src/wechat/push/push.crypto.js';
import { closeEverything, control, read, shop, startShopEmulator, until } from './wechat.js';

const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const TEMPLATE = 'tpl-refund';

interface Pushed {
  readonly isSigned: boolean;
  readonly ageSeconds: number;
  readonly message: Record<string, unknown> | null;
}

let wechat: RunningEmulator;
let token: string;
let answer = 'success';
let people = 0;
let person: string;
const pushed: Pushed[] = [];

/** A shop's push address, which opens what comes by our own side's code. */
const server = createServer((request, response) => {
  void text(request).then((body) => {
    const query = new URL(request.url ?? '', 'http://shop').searchParams;
    const { Encrypt } = JSON.parse(body) as { Encrypt: string };
    const [timestamp, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
    pushed.push({
      isSigned: pushSignature('push-token', timestamp, nonce, Encrypt) === query.get('msg_signature'),
      ageSeconds: Date.now() / 1_000 - Number(timestamp),
      message: opened(Encrypt),
    });
    response.end(answer);
  });
});

function opened(encrypted: string): Record<string, unknown> | null {
  try {
    return JSON.parse(openPush(pushKey(AES_KEY), shop.appId, encrypted).toString()) as Record<string, unknown>;
  } catch {
    return null; // Meant for another mini-program.
  }
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wechat/push`;
  const push = { url, token: 'push-token', encodingAesKey: AES_KEY, mode: 'secure' } as const;
  wechat = await startShopEmulator({ push, templateIds: [TEMPLATE, 'tpl-team'], retryScale: 0.001 });
  const body = { grant_type: 'client_credential', appid: shop.appId, secret: shop.appSecret };
  const got = await read(
    await fetch(`${wechat.url}/cgi-bin/stable_token`, { method: 'POST', body: JSON.stringify(body) }),
  );
  token = String(got.body['access_token']);
});
beforeEach(() => {
  answer = 'success';
  people += 1;
  person = `ana-${people}`;
  pushed.length = 0;
});
afterAll(async () => {
  await closeEverything();
  server.close();
});

const allow = (accept = true, templateId = TEMPLATE) =>
  control(wechat.url, 'POST', '/subscribe-answers', { person, answers: [{ template_id: templateId, accept }] });

/** Sends a message that is right, but for what is said. */
async function send(change: object = {}): Promise<[errcode: unknown, errmsg: string]> {
  const message = {
    ...{ touser: openidOf(shop.appId, person), template_id: TEMPLATE, miniprogram_state: 'formal', lang: 'zh_CN' },
    data: { thing1: { value: '苹果' }, amount2: { value: '¥29.90' }, time3: { value: '2026年1月5日 12:03' } },
    ...change,
  };
  const url = `${wechat.url}/cgi-bin/message/subscribe/send?access_token=${token}`;
  const { body } = await read(await fetch(url, { method: 'POST', body: JSON.stringify(message) }));
  return [body['errcode'], String(body['errmsg'])];
}

async function inbox(): Promise<unknown[]> {
  const all = (await control(wechat.url, 'GET', '/books/messages')).body as unknown as { openid: string }[];
  return all.filter(({ openid }) => openid === openidOf(shop.appId, person));
}

const heard = (): Promise<void> =>
  until(async () => (await control(wechat.url, 'GET', '/books/pushes')).body['undelivered'] === 0, 'every push');

describe('a message', () => {
  it('is sent once for each yes', async () => {
    expect((await send())[0]).toBe(43101);
    expect((await allow()).body).toEqual({ errMsg: 'requestSubscribeMessage:ok', [TEMPLATE]: 'accept' });
    await allow(false);
    expect((await send())[0]).toBe(0);
    expect((await send())[0]).toBe(43101);
    expect(await inbox()).toMatchObject([{ template_id: TEMPLATE, page: null, data: { thing1: '苹果' } }]);
    await heard();
  });

  it('is not sent any more once the person has switched it off', async () => {
    await allow();
    const off = await control(wechat.url, 'POST', '/subscribe-settings', { person, template_id: TEMPLATE });
    expect(off.status).toBe(204);
    expect((await send())[0]).toBe(43101);
    await heard();
  });

  // prettier-ignore
  it.each<[what: string, change: object, errcode: number, named: string]>([
    ['nobody',                    { touser: 'o-nobody' },                                  40003, 'openid'],
    ['a template of others',      { template_id: 'tpl-other' },                            40037, 'template_id'],
    ['a page with a slash first', { page: '/pages/index' },                                41030, 'page'],
    ['no state',                  { miniprogram_state: undefined },                        47001, 'data format'],
    ['no language',               { lang: undefined },                                     47001, 'data format'],
    ['an empty field',            { data: { thing1: { value: ' ' } } },                    47003, 'data.thing1.value is empty'],
    ['a field without a value',   { data: { thing1: {} } },                                47003, 'data.thing1.value is empty'],
    ['no field',                  { data: {} },                                            47003, 'data is empty'],
    ['21 signs',                  { data: { thing1: { value: '一'.repeat(21) } } },         47003, 'data.thing1.value invalid'],
    ['a time of another form',    { data: { time3: { value: '2026-01-05' } } },            47003, 'data.time3.value invalid'],
    ['eleven digits of money',    { data: { amount2: { value: '12345678901' } } },         47003, 'data.amount2.value invalid'],
    ['letters in a phrase',       { data: { phrase1: { value: 'ok' } } },                  47003, 'data.phrase1.value invalid'],
    ['a number that is a word',   { data: { number1: { value: '三' } } },                   47003, 'data.number1.value invalid'],
    ['a type that there is not',  { data: { poem1: { value: '春' } } },                     47003, 'data.poem1.value invalid'],
  ])('with %s is refused', async (_what, change, errcode, named) => {
    await allow();
    const [code, message] = await send(change);
    expect([code, message]).toEqual([errcode, expect.stringContaining(named)]);
    expect((await send())[0]).toBe(0);
    await heard();
  });

  it('is sent though nobody is told that it was', async () => {
    await allow();
    await control(wechat.url, 'POST', '/faults', { operation: 'send_message', kind: 'timeout_after' });
    await expect(send()).rejects.toThrow();
    expect(await inbox()).toHaveLength(1);
    await heard();
  });
});

describe('the shop', () => {
  it('is told of every answer and of what became of each message, sealed for it alone', async () => {
    await allow();
    await heard();
    await send();
    await heard();
    await control(wechat.url, 'POST', '/subscribe-settings', { person, template_id: TEMPLATE });
    await heard();
    const events = pushed.map(({ message }) => message?.['Event']);
    expect(events).toEqual(['subscribe_msg_popup_event', 'subscribe_msg_sent_event', 'subscribe_msg_change_event']);
    expect(pushed.every(({ isSigned, ageSeconds }) => isSigned && ageSeconds < 60)).toBe(true);
    expect(pushed[0]!.message).toMatchObject({
      FromUserName: openidOf(shop.appId, person),
      List: [{ TemplateId: TEMPLATE, SubscribeStatusString: 'accept', PopupScene: '0' }],
    });
  });

  it('is told three times more if it does not say that it has heard', async () => {
    answer = 'not now';
    await allow();
    await heard();
    expect(pushed).toHaveLength(4);
    expect(new Set(pushed.map(({ message }) => JSON.stringify(message))).size).toBe(1);
  });

  it.each([
    ['repeat', { pushes: 2, isSigned: true, isOld: false, isOurs: true }],
    ['bad_signature', { pushes: 2, isSigned: false, isOld: false, isOurs: true }],
    ['old_signature', { pushes: 2, isSigned: true, isOld: true, isOurs: true }],
    ['foreign', { pushes: 2, isSigned: true, isOld: false, isOurs: false }],
    ['lose', { pushes: 1, isSigned: true, isOld: false, isOurs: true }],
  ])('may be told wrongly: %s', async (kind, { pushes, ...first }) => {
    await control(wechat.url, 'POST', '/faults', { operation: 'push', kind });
    await allow();
    await heard();
    const [{ isSigned, ageSeconds, message }] = pushed as [Pushed];
    expect({ isSigned, isOld: ageSeconds > 500, isOurs: message !== null }).toEqual(first);
    expect(pushed).toHaveLength(pushes);
  });

  it('is told nothing of a template that it does not have', async () => {
    expect((await allow(true, 'tpl-other')).status).toBe(404);
    const four = Array.from({ length: 4 }, () => ({ template_id: TEMPLATE, accept: true }));
    expect((await control(wechat.url, 'POST', '/subscribe-answers', { person, answers: four })).status).toBe(400);
    expect(pushed).toEqual([]);
  });
});
