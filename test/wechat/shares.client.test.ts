import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChannelError, ShareRejected } from '#wechat';
import { type Answer, type Received, startChannel, wechatFor } from './channel.js';

const PAGE = { page: 'pages/team/team', query: 'id=team_1&scene=aB3dE5fG7h' };
/** As much of a picture as tells what it is. */
const PNG = '\x89PNG\r\n\x1a\n';

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
});

const reply = (value: object, type = 'application/json'): Answer => ({
  ...{ status: 200, headers: { 'content-type': type } },
  body: JSON.stringify(value),
});
let tokens = 0;

/** Gives a new token whenever one is asked for, and answers anything else as the test says. */
function answerWith(answer: Answer | ((request: Received) => Answer)): void {
  channel.answerWith((request) => {
    if (request.url !== '/cgi-bin/stable_token') return typeof answer === 'function' ? answer(request) : answer;
    tokens += 1;
    return reply({ access_token: `token-${tokens}`, expires_in: 7_200 });
  });
}
const asked = (): Received[] => channel.received.filter(({ url }) => url.startsWith('/wxa/'));
const code = () => wechat.codes.make({ scene: 'aB3dE5fG7h', page: 'pages/team/team', width: 430 });

/** Each of the four, and a good answer to it. */
const ALL: readonly [what: string, make: () => Promise<unknown>, path: string, sent: object, answer: object][] = [
  [
    'a URL link',
    () => wechat.links.urlLink(PAGE),
    '/wxa/generate_urllink',
    {
      ...{ path: PAGE.page, query: PAGE.query, env_version: 'release' },
      ...{ expire_type: 1, expire_interval: 30 },
    },
    { url_link: 'x' },
  ],
  [
    'a scheme',
    () => wechat.links.scheme(PAGE),
    '/wxa/generatescheme',
    {
      jump_wxa: { path: PAGE.page, query: PAGE.query, env_version: 'release' },
      ...{ is_expire: true, expire_type: 1, expire_interval: 30 },
    },
    { openlink: 'x' },
  ],
  [
    'a short link',
    () => wechat.links.shortLink(PAGE, '砂糖橘'),
    '/wxa/genwxashortlink',
    { page_url: `${PAGE.page}?${PAGE.query}`, page_title: '砂糖橘', is_permanent: false },
    { link: 'x' },
  ],
];

describe('asking for a link', () => {
  it.each(ALL)('asks for %s with the token in the address only', async (_what, make, path, sent, answer) => {
    answerWith(reply({ errcode: 0, errmsg: 'ok', ...answer }));
    await expect(make()).resolves.toBe('x');
    const [{ method, url, body }] = asked() as [Received];
    expect([method, url]).toEqual(['POST', `${path}?access_token=token-${tokens}`]);
    expect(JSON.parse(body)).toEqual(sent);
  });

  it.each(ALL)('does not believe a success without %s', async (_what, make) => {
    answerWith(reply({ errcode: 0, errmsg: 'ok' }));
    await expect(make()).rejects.toMatchObject({ code: 'BAD_REPLY', outcome: 'UNKNOWN' });
  });

  it('opens the version that is configured', async () => {
    wechat = wechatFor(channel.origin, { WECHAT_ENV_VERSION: 'trial' });
    answerWith(reply({ url_link: 'x' }));
    await wechat.links.urlLink(PAGE);
    expect(JSON.parse(asked()[0]!.body)).toMatchObject({ env_version: 'trial' });
  });
});

describe('asking for a code', () => {
  it.each([
    ['release', true],
    ['trial', false],
    ['develop', false],
  ] as const)('of version %s has the page checked: %j', async (version, isChecked) => {
    wechat = wechatFor(channel.origin, { WECHAT_ENV_VERSION: version });
    answerWith({ status: 200, headers: { 'content-type': 'image/jpeg' }, body: Buffer.from('ffd8ff00', 'hex') });
    await expect(code()).resolves.toEqual({ type: 'JPEG', body: Buffer.from('ffd8ff00', 'hex') });
    expect(JSON.parse(asked()[0]!.body)).toEqual({
      ...{ scene: 'aB3dE5fG7h', page: 'pages/team/team', width: 430 },
      ...{ check_path: isChecked, env_version: version },
    });
  });

  it('takes a PNG whatever it is called', async () => {
    answerWith({ status: 200, body: Buffer.from(`${PNG}…`, 'latin1') });
    await expect(code()).resolves.toMatchObject({ type: 'PNG' });
  });

  it('is done once more, with a new token, when the token is refused', async () => {
    const first = `access_token=token-${tokens + 1}`;
    const picture = { status: 200, body: Buffer.from(PNG, 'latin1') };
    answerWith(({ url }) => (url.endsWith(first) ? reply({ errcode: 42001, errmsg: 'expired' }) : picture));
    await expect(code()).resolves.toMatchObject({ type: 'PNG' });
    expect(asked()).toHaveLength(2);
  });

  it.each<[what: string, answer: Answer, code: string]>([
    [
      'an error under the type of a picture',
      reply({ errcode: 40129, errmsg: 'no, rid: 6f1c-22' }, 'image/jpeg'),
      '40129',
    ],
    ['an error', reply({ errcode: 40169, errmsg: 'no, rid: 6f1c-22' }), '40169'],
    ['a success without a picture', reply({ errcode: 0, errmsg: 'ok' }), 'BAD_REPLY'],
    [
      'JSON that is none',
      { status: 200, headers: { 'content-type': 'application/json' }, body: '<html>' },
      'BAD_REPLY',
    ],
    ['a page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }, 'BAD_REPLY'],
    ['a film', { status: 200, headers: { 'content-type': 'image/gif' }, body: 'GIF89a' }, 'BAD_REPLY'],
    ['nothing', { status: 200, headers: { 'content-type': 'image/jpeg' } }, 'BAD_REPLY'],
    ['status 503', { status: 503, body: PNG }, 'BAD_REPLY'],
    ['more than anybody reads', { status: 200, body: PNG + 'x'.repeat(1_100_000) }, 'NETWORK'],
    ['a cut connection', 'CUT', 'NETWORK'],
  ])('fails on %s, and shows no token', async (_what, answer, expected) => {
    answerWith(answer);
    const error: unknown = await code().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ChannelError);
    expect(error).toMatchObject({ code: expected });
    expect((error as ChannelError).message).not.toContain('token-');
  });
});

describe('what WeChat refuses', () => {
  // prettier-ignore
  it.each<[errcode: number, fault: string | null]>([
    [44990, 'LIMIT'], [44991, 'LIMIT'], [44993, 'LIMIT'], [45009, 'LIMIT'], [45011, 'LIMIT'], [85400, 'LIMIT'],
    [40066, 'PAGE'], [40165, 'PAGE'], [41030, 'PAGE'], [85079, 'PAGE'], [85402, 'PAGE'],
    [40002, 'NOT_PERMITTED'], [40013, 'NOT_PERMITTED'], [48001, 'NOT_PERMITTED'],
    [40129, null], [40169, null], [40212, null], [85401, null], [40225, null], [-1, null],
  ])('with %i is told as %j, of a code and of every link', async (errcode, fault) => {
    answerWith(reply({ errcode, errmsg: 'no, rid: 6f1c-22' }));
    for (const make of [code, ...ALL.map(([, each]) => each)]) {
      const error: unknown = await make().catch((reason: unknown) => reason);
      if (fault === null) expect(error).toMatchObject({ code: String(errcode), requestId: '6f1c-22' });
      else expect(error).toBeInstanceOf(ShareRejected);
      expect((error as { fault?: string }).fault ?? null).toBe(fault);
    }
  });
});
