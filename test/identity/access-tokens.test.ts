import { createHmac, generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SignJWT } from 'jose';
import { Config, MachineClock, newId, secondsAfter } from '#common';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';

let shop: Shop;
let ana: Phone;

beforeAll(async () => {
  shop = await Shop.open();
  ana = await shop.login('ana');
});
afterAll(async () => {
  await shop.close();
});
afterEach(() => {
  jest.restoreAllMocks();
});

async function answerTo(authorization: string, query = '{ me { id } }'): Promise<string> {
  const { errors } = await shop.guest.send(query, {}, { authorization });
  return errors?.[0]?.extensions.code ?? 'OK';
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const decode = (part: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;

/** Ana's token with other claims, signed with the shop's own secret. */
function signed(claims: Record<string, unknown>, header: object = { alg: 'HS256' }): string {
  const payload = { ...decode(ana.accessToken!.split('.')[1]!), ...claims };
  const text = `${encode(header)}.${encode(payload)}`;
  const signature = createHmac('sha256', shop.get(Config).TOKEN_SECRET).update(text).digest('base64url');
  return `${text}.${signature}`;
}

it('a good token lets its person in', async () => {
  expect(await answerTo(`Bearer ${ana.accessToken!}`)).toBe('OK');
  expect(await answerTo(`Bearer ${signed({})}`)).toBe('OK');
});

describe('nobody is let in by a token', () => {
  // prettier-ignore
  const WRONG: [what: string, token: () => string | Promise<string>][] = [
    ['whose payload was changed', () => {
      const [header, payload, signature] = ana.accessToken!.split('.') as [string, string, string];
      return [header, encode({ ...decode(payload), sub: newId('user') }), signature].join('.');
    }],
    ['whose signature was cut',            () => ana.accessToken!.slice(0, -2)],
    ['without a signature',                () => `${ana.accessToken!.split('.').slice(0, 2).join('.')}.`],
    ['that says it needs none (alg=none)', () => `${encode({ alg: 'none' })}.${ana.accessToken!.split('.')[1]!}.`],
    ['signed, but as alg=none',            () => signed({}, { alg: 'none' })],
    ['of another algorithm',               () => signed({}, { alg: 'HS512' })],
    ['signed with another secret',         () => new SignJWT(decode(ana.accessToken!.split('.')[1]!)).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from('x'.repeat(32)))],
    ['signed with a key pair',             () => new SignJWT(decode(ana.accessToken!.split('.')[1]!)).setProtectedHeader({ alg: 'RS256' }).sign(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)],
    ['for another audience',               () => signed({ aud: 'operators' })],
    ['for no audience',                    () => signed({ aud: undefined })],
    ['of another issuer',                  () => signed({ iss: 'somebody' })],
    ['that has expired',                   () => signed({ exp: Math.floor(Date.now() / 1_000) - 1 })],
    ['that is not valid yet',              () => signed({ nbf: Math.floor(Date.now() / 1_000) + 60 })],
    ['of something that is no person',     () => signed({ sub: newId('order') })],
    ['of no session',                      () => signed({ sid: undefined })],
    ['that is none at all',                () => 'nonsense'],
    ['that is a refresh token',            () => ana.refreshToken],
  ];

  it.each(WRONG)('%s, not even to what is public', async (_what, token) => {
    const authorization = `Bearer ${await token()}`;
    expect(await answerTo(authorization)).toBe('UNAUTHENTICATED');
    expect(await answerTo(authorization, '{ serverTime }')).toBe('UNAUTHENTICATED');
  });

  it.each(['', 'Bearer', 'Bearer ', 'Basic YW5hOmFuYQ=='])('sent as %p', async (authorization) => {
    expect(await answerTo(authorization)).toBe('UNAUTHENTICATED');
  });
});

describe('a token that has expired', () => {
  it('is told so on a public page too, so that the phone refreshes instead of showing a stranger’s page', async () => {
    const { ACCESS_TOKEN_SECONDS } = shop.get(Config);
    const clock = jest.spyOn(shop.get(MachineClock), 'now');
    clock.mockReturnValue(secondsAfter(new Date(), ACCESS_TOKEN_SECONDS + 1));
    expect(await answerTo(`Bearer ${ana.accessToken!}`, '{ serverTime }')).toBe('UNAUTHENTICATED');
  });

  it('is good until the last second', async () => {
    const { exp } = decode(ana.accessToken!.split('.')[1]!) as { exp: number };
    const clock = jest.spyOn(shop.get(MachineClock), 'now');
    clock.mockReturnValue(new Date((exp - 1) * 1_000));
    expect(await answerTo(`Bearer ${ana.accessToken!}`)).toBe('OK');
    clock.mockReturnValue(new Date(exp * 1_000));
    expect(await answerTo(`Bearer ${ana.accessToken!}`)).toBe('UNAUTHENTICATED');
  });
});
