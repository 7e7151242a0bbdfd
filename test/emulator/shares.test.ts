import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import sharp from 'sharp';
import type { RunningEmulator } from '../../src/emulator/index.js';
import { type Answer, closeEverything, control, read, shop, startShopEmulator } from './wechat.js';

const TERMS = {
  ...{ is_released: true, pages: null, codes_per_minute: 5_000, links_per_second: 100, links_per_day: 500_000 },
  short_links_per_day: 1_000_000,
};
const DAY_SECONDS = 86_400;

let wechat: RunningEmulator;
let accessToken: string;
beforeAll(async () => {
  wechat = await startShopEmulator();
  const body = { grant_type: 'client_credential', appid: shop.appId, secret: shop.appSecret };
  const answer = await read(
    await fetch(`${wechat.url}/cgi-bin/stable_token`, { method: 'POST', body: JSON.stringify(body) }),
  );
  accessToken = String(answer.body['access_token']);
});
afterAll(closeEverything);
afterEach(async () => {
  jest.restoreAllMocks();
  await terms(TERMS);
});

const terms = (change: object): Promise<Answer> => control(wechat.url, 'POST', '/share-terms', change);

function send(path: string, body: object | string, token = accessToken): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const query = new URLSearchParams({ access_token: token }).toString();
  return fetch(`${wechat.url}/wxa/${path}?${query}`, { method: 'POST', body: text });
}
const ask = async (path: string, body: object | string, token?: string): Promise<Answer> =>
  read(await send(path, body, token));
const errcode = async (path: string, body: object | string, token?: string): Promise<number> =>
  Number((await ask(path, body, token)).body['errcode']);

const LINK = { path: 'pages/team/team', query: 'id=1', expire_type: 1, expire_interval: 30 };
const SCHEME = { jump_wxa: { path: 'pages/team/team' }, is_expire: true, expire_type: 1, expire_interval: 30 };
const SHORT = { page_url: 'pages/team/team?id=1', page_title: '砂糖橘' };

describe('a code', () => {
  it.each([
    [{}, 'jpeg', 430],
    [{ width: 280 }, 'jpeg', 280],
    [{ width: 1_280, is_hyaline: true }, 'png', 1_280],
  ])('is a picture: %j', async (change, format, width) => {
    const answer = await send('getwxacodeunlimit', { scene: 'aB3', ...change });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, `image/${format}`]);
    const picture = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
    expect(picture).toMatchObject({ format, width, height: width });
  });

  it('is another one for another scene, and the same for the same', async () => {
    const picture = async (scene: string): Promise<string> =>
      Buffer.from(await (await send('getwxacodeunlimit', { scene })).arrayBuffer()).toString('base64');
    expect(await picture('aB3')).toBe(await picture('aB3'));
    expect(await picture('aB3')).not.toBe(await picture('ab3'));
  });

  // prettier-ignore
  it.each<[what: string, body: object | string, code: number]>([
    ['no scene',                  {},                                                     40169],
    ['an empty scene',            { scene: '' },                                          40169],
    ['33 characters',             { scene: 'a'.repeat(33) },                              40169],
    ['a scene that is a number',  { scene: 1 },                                           40169],
    ['a percent sign',            { scene: '50%' },                                       40129],
    ['Chinese',                   { scene: '团' },                                        40129],
    ['a space',                   { scene: 'a b' },                                       40129],
    ['a leading slash',           { scene: 'a', page: '/pages/team/team' },               41030],
    ['a query',                   { scene: 'a', page: 'pages/team/team?id=1' },           41030],
    ['a narrow width',            { scene: 'a', width: 279 },                             40097],
    ['a wide width',              { scene: 'a', width: 1_281 },                           40097],
    ['another version',           { scene: 'a', env_version: 'beta' },                    40097],
    ['a flag that is a text',     { scene: 'a', check_path: 'false' },                    47001],
    ['no JSON',                   'scene=a',                                              47001],
    ['nothing',                   '',                                                     44002],
    ['the token in the body',     { scene: 'a', access_token: 'x' },                      47001],
  ])('is refused with %s, with HTTP 200 all the same', async (_what, body, code) => {
    expect(await ask('getwxacodeunlimit', body)).toMatchObject({ status: 200, body: { errcode: code } });
  });

  it('leads to a page that is released, unless nobody is to look', async () => {
    await terms({ pages: ['pages/team/team'] });
    const status = (change: object): Promise<Response> => send('getwxacodeunlimit', { scene: 'a', ...change });
    expect((await status({ page: 'pages/team/team' })).headers.get('content-type')).toBe('image/jpeg');
    expect(await errcode('getwxacodeunlimit', { scene: 'a', page: 'pages/new/new' })).toBe(41030);
    const unchecked = await status({ page: 'pages/new/new', check_path: false });
    expect(unchecked.headers.get('content-type')).toBe('image/jpeg');
    await terms({ is_released: false });
    expect(await errcode('getwxacodeunlimit', { scene: 'a', page: 'pages/team/team' })).toBe(41030);
  });

  it('is one of so many in a minute', async () => {
    await terms({ codes_per_minute: 0 });
    expect(await errcode('getwxacodeunlimit', { scene: 'a' })).toBe(45009);
  });
});

describe('a link', () => {
  // prettier-ignore
  it.each<[path: string, body: object, field: string, pattern: RegExp]>([
    ['generate_urllink', LINK,   'url_link', /^https:\/\/wxaurl\.cn\/\w+$/],
    ['generatescheme',   SCHEME, 'openlink', /^weixin:\/\/dl\/business\/\?t=\w+$/],
    ['genwxashortlink',  SHORT,  'link',     /^#小程序:\/\/好团\/[\w-]+$/],
  ])('of %s is another one each time', async (path, body, field, pattern) => {
    const links = [await ask(path, body), await ask(path, body)].map((answer) => String(answer.body[field]));
    for (const link of links) expect(link).toMatch(pattern);
    expect(links[0]).not.toBe(links[1]);
  });

  const expiry = (seconds: number): object => ({
    expire_type: 0,
    expire_time: Math.round(Date.now() / 1_000) + seconds,
  });

  // prettier-ignore
  it.each<[path: string, what: string, body: object, code: number]>([
    ['generate_urllink', 'a path with a query',    { ...LINK, path: 'pages/a?b=1' },              40165],
    ['generate_urllink', 'no path',                { ...LINK, path: '' },                         40165],
    ['generate_urllink', 'a query without end',    { ...LINK, query: 'a'.repeat(1_025) },         40212],
    ['generate_urllink', '31 days',                { ...LINK, expire_interval: 31 },              85401],
    ['generate_urllink', 'no day',                 { ...LINK, expire_interval: 0 },               85401],
    ['generate_urllink', 'half a minute',          { ...LINK, ...expiry(30) },                    85401],
    ['generate_urllink', 'more than 30 days',      { ...LINK, ...expiry(30 * DAY_SECONDS + 60) }, 85401],
    ['generate_urllink', 'another version',        { ...LINK, env_version: 'beta' },              85402],
    ['generatescheme',   'no page',                { ...SCHEME, jump_wxa: undefined },            40165],
    ['generatescheme',   'no end',                 { ...SCHEME, is_expire: false },               85401],
    ['genwxashortlink',  'a page without a name',  { ...SHORT, page_url: '?id=1' },               40066],
    ['genwxashortlink',  'no title',               { page_url: 'pages/a' },                       40225],
    ['genwxashortlink',  'a title of 21',          { ...SHORT, page_title: '橘'.repeat(21) },      40225],
  ])('of %s is refused with %s', async (path, _what, body, code) => {
    expect(await ask(path, body)).toMatchObject({ status: 200, body: { errcode: code } });
  });

  it('may end at an instant within 30 days', async () => {
    expect(await errcode('generate_urllink', { ...LINK, ...expiry(3_600) })).toBe(0);
  });

  // prettier-ignore
  it.each<[path: string, body: object, change: object, code: number]>([
    ['generate_urllink', LINK,   { links_per_second: 0 },                    44990],
    ['generatescheme',   SCHEME, { links_per_day: 0 },                       44993],
    ['genwxashortlink',  SHORT,  { short_links_per_day: 0 },                 45009],
    ['generate_urllink', LINK,   { is_released: false },                     85079],
    ['genwxashortlink',  SHORT,  { is_released: false },                     85079],
    ['generatescheme',   SCHEME, { pages: ['pages/index/index'] },           40165],
    ['genwxashortlink',  SHORT,  { pages: ['pages/index/index'] },           40066],
  ])('of %s with %j is refused where WeChat has %j: %i', async (path, body, change, code) => {
    await terms(change);
    expect(await errcode(path, body)).toBe(code);
  });

  it('may be had again when the next day begins in China', async () => {
    await terms({ links_per_day: 1 });
    const midnight = Date.UTC(2030, 0, 1, 16);
    const clock = jest.spyOn(Date, 'now');
    const token = async (): Promise<number> => {
      const body = { grant_type: 'client_credential', appid: shop.appId, secret: shop.appSecret };
      const url = `${wechat.url}/cgi-bin/stable_token`;
      const { body: answer } = await read(await fetch(url, { method: 'POST', body: JSON.stringify(body) }));
      return errcode('generatescheme', SCHEME, String(answer['access_token']));
    };
    clock.mockImplementation(() => midnight - 2_000);
    expect([await token(), await token()]).toEqual([0, 44993]);
    clock.mockImplementation(() => midnight);
    expect(await token()).toBe(0);
  });
});

describe('any of them', () => {
  it.each(['getwxacodeunlimit', 'generate_urllink', 'generatescheme', 'genwxashortlink'])(
    '%s wants the token',
    async (path) => {
      expect(await errcode(path, {}, 'made-up')).toBe(40001);
    },
  );

  // prettier-ignore
  it.each<[operation: string, path: string, body: object, code: string]>([
    ['code',       'getwxacodeunlimit', { scene: 'a' }, '41030'],
    ['url_link',   'generate_urllink',  LINK,           '85079'],
    ['scheme',     'generatescheme',    SCHEME,         '40212'],
    ['short_link', 'genwxashortlink',   SHORT,          '85400'],
  ])('%s can be made to go wrong', async (operation, path, body, code) => {
    await control(wechat.url, 'POST', '/faults', { operation, kind: 'refuse', code });
    await control(wechat.url, 'POST', '/faults', { operation, kind: 'error_500' });
    expect([await errcode(path, body), await errcode(path, body)]).toEqual([Number(code), -1]);
  });

  it('stand in the books', async () => {
    await send('getwxacodeunlimit', { scene: 'booked', page: 'pages/team/team' });
    await ask('generate_urllink', { ...LINK, query: 'booked' });
    const { body } = await control(wechat.url, 'GET', '/books/shares');
    const [code, link] = (body as unknown as { kind: string }[]).slice(-2);
    expect(code).toMatchObject({
      kind: 'code',
      scene: 'booked',
      path: 'pages/team/team',
      link: null,
      expires_at: null,
    });
    expect(link).toMatchObject({ kind: 'url_link', scene: null, query: 'booked', version: 'release' });
  });
});
