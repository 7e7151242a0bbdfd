import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { NOTIFY_PATH } from '#payments';
import { NotificationReader } from '#wechat';
import { Shop } from '../support/shop.js';

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

interface Sent {
  readonly method?: string;
  readonly type?: string;
  readonly body?: string;
}

const LARGE = JSON.stringify('x'.repeat(300 * 1_024));

async function ask(path: string, { method = 'POST', type = 'application/json', body }: Sent, language: string) {
  const headers = { 'content-type': type, 'accept-language': language };
  const response = await fetch(`${shop.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  return { status: response.status, body: await response.json() };
}

// prettier-ignore
const ELSEWHERE: [what: string, path: string, sent: Sent, status: number, code: string, zh: string, en: string][] = [
  ['an unknown address',       '/nothing',      { method: 'GET' },               404, 'NOT_FOUND',              '没有这个地址。', 'There is nothing at this address.'],
  ['another method',           NOTIFY_PATH,     { method: 'GET' },               404, 'NOT_FOUND',              '没有这个地址。', 'There is nothing at this address.'],
  ['an address that is none',  '/%',            { method: 'GET' },               400, 'BAD_REQUEST',            '请求格式有误。', 'The request is malformed.'],
  ['broken JSON',              '/nothing',      { body: '{' },                   400, 'BAD_REQUEST',            '请求格式有误。', 'The request is malformed.'],
];
// prettier-ignore
const TO_GRAPHQL: [what: string, sent: Sent, status: number, zh: string, en: string][] = [
  ['GET',              { method: 'GET' },                    405, '请使用 POST 方法。',                 'Send it by POST.'],
  ['a form',           { type: 'text/plain', body: '{}' },   415, '请以 application/json 格式发送。',   'Send it as application/json.'],
  ['too large a body', { body: LARGE },                      413, '请求内容过大。',                     'The body of the request is too large.'],
  ['broken JSON',      { body: '{' },                        400, "GraphQL 请求有误：Body is not valid JSON but content-type is set to 'application/json'", "The GraphQL request is not valid: Body is not valid JSON but content-type is set to 'application/json'"],
  ['variables in a list', { body: '{"query":"{ serverTime }","variables":[]}' }, 400, 'GraphQL 请求有误：body/variables must be object,null', 'The GraphQL request is not valid: body/variables must be object,null'],
];
// prettier-ignore
const TO_THE_NOTIFY_ROUTE: [what: string, sent: Sent, status: number, zh: string, en: string][] = [
  ['broken JSON',      { body: '{' },                          400, '请求格式有误。',                   'The request is malformed.'],
  ['too large a body', { body: LARGE },                        413, '请求内容过大。',                   'The body of the request is too large.'],
  ['XML',              { type: 'text/xml', body: '<xml/>' },   415, '请以 application/json 格式发送。', 'Send it as application/json.'],
];

describe('a request that reaches no API', () => {
  it.each(ELSEWHERE)('(%s) is answered with a code and a message', async (_what, path, sent, status, code, zh, en) => {
    expect(await ask(path, sent, 'zh-CN')).toEqual({ status, body: { code, message: zh } });
    expect(await ask(path, sent, 'en')).toEqual({ status, body: { code, message: en } });
  });

  it.each(TO_GRAPHQL)('(%s to /graphql) is answered in the form of GraphQL', async (_what, sent, status, zh, en) => {
    const body = (message: string): object => ({
      data: null,
      errors: [{ message, extensions: { code: 'GRAPHQL_INVALID' } }],
    });
    expect(await ask('/graphql', sent, 'zh-CN')).toEqual({ status, body: body(zh) });
    expect(await ask('/graphql', sent, 'en')).toEqual({ status, body: body(en) });
  });

  it.each(TO_THE_NOTIFY_ROUTE)(
    '(%s to the notify route) is answered in the form of WeChat',
    async (_what, sent, status, zh, en) => {
      expect(await ask(NOTIFY_PATH, sent, 'zh-CN')).toEqual({ status, body: { code: 'FAIL', message: zh } });
      expect(await ask(NOTIFY_PATH, sent, 'en')).toEqual({ status, body: { code: 'FAIL', message: en } });
    },
  );

  it.each([
    [
      'headers without end',
      `GET / HTTP/1.1\r\nhost: a\r\nx-a: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
    ['what is no HTTP', 'good morning\r\n\r\n', 400, 'BAD_REQUEST'],
  ])('(%s) is answered in Chinese, as nobody can read its language', async (_what, bytes, status, code) => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(shop.url).port), '127.0.0.1', () => socket.write(bytes));
      let received = '';
      socket.setEncoding('utf8').on('data', (text: string) => (received += text));
      socket
        .on('end', () => {
          resolve(received);
        })
        .on('error', reject);
    });
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`);
    expect(JSON.parse(body)).toEqual({ code, message: expect.stringMatching(/^\p{Script=Han}+。$/u) });
  });
});

describe('a notification that our database cannot take', () => {
  it('is answered with FAIL, so that WeChat repeats it, and nothing of the database', async () => {
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const notification = { id: 'n-1', eventType: 'TRANSACTION.SUCCESS', kind: 'OTHER', resource: {} };
    jest.spyOn(shop.get(NotificationReader), 'read').mockReturnValue(notification as never);
    await shop.rows('RENAME TABLE channel_event TO channel_event_gone');
    const answer = await ask(NOTIFY_PATH, { body: '{}' }, 'en');
    await shop.rows('RENAME TABLE channel_event_gone TO channel_event');

    expect(answer).toEqual({
      status: 500,
      body: { code: 'FAIL', message: 'Something went wrong on our side. Please try again.' },
    });
    expect(log).toHaveBeenCalledWith(expect.stringMatching(/^[0-9a-f-]{36}: QueryFailedError: .*channel_event/));
  });
});
