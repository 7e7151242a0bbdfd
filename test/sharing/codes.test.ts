import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import sharp from 'sharp';
import { MachineClock } from '#common';
import { QUOTAS } from '../../src/sharing/sharing.limits.js';
import { anOffer } from '../support/builders.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSettled } from '../support/sound.js';
import { bookedShares, CODE, codeOf, linkTo, type MadeAnswer, type Thing } from './sharer.js';

let shop: Shop;
let ana: Phone;
let thing: Thing;
let people = 0;

beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(async () => {
  await shop.close();
});
/** Somebody who has not shared this thing before, on a day on which nobody has asked WeChat. */
beforeEach(async () => {
  ana = await shop.login(`ana ${people++}`);
  const { productId } = await anOffer(shop);
  thing = { targetType: 'PRODUCT', targetId: productId };
});

const made = async (kind: string): Promise<number> =>
  (await bookedShares(shop)).filter((share) => share.kind === kind).length;
/** Nobody has to rest any more. */
const rested = (): Promise<unknown> => shop.rows('UPDATE share_artifact SET lease_until = NULL WHERE address IS NULL');

describe('a code', () => {
  it('is made once for fifty who ask at once, and all get the same picture', async () => {
    const before = await made('code');
    const codes = await Promise.all(Array.from({ length: 50 }, () => codeOf(ana, thing)));
    expect(new Set(codes.map(({ __typename, url }) => `${__typename} ${url}`)).size).toBe(1);
    expect(codes[0]!.__typename).toBe('ShareCode');
    expect(await made('code')).toBe(before + 1);
  });

  it('is a picture that anybody fetches, and carries the scene to the page', async () => {
    const { url, scene, width } = await codeOf(ana, thing);
    const answer = await fetch(url);
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    const picture = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
    expect([picture.width, picture.height, width]).toEqual([430, 430, 430]);
    expect((await bookedShares(shop)).at(-1)).toMatchObject({ kind: 'code', scene, path: 'pages/product/product' });
  });

  it('is made in a few widths, once each', async () => {
    const before = await made('code');
    const widths = [];
    for (const asked of [280, 281, 400, 430, 1_000, 1_280]) widths.push((await codeOf(ana, thing, asked)).width);
    expect(widths).toEqual([280, 430, 430, 430, 1_280, 1_280]);
    expect(await made('code')).toBe(before + 3);
  });

  it('is of another person another one', async () => {
    const bo = await shop.login(`bo ${people++}`);
    expect((await codeOf(bo, thing)).url).not.toBe((await codeOf(ana, thing)).url);
  });

  it.each([279, 1_281])('is not %i pixels wide', async (width) => {
    const { errors } = await ana.send(CODE, { input: { ...thing, width } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', fields: [{ path: 'input.width' }] } }]);
  });
});

describe('a link', () => {
  it.each([
    ['URL_LINK', 'url_link'],
    ['SCHEME', 'scheme'],
    ['SHORT_LINK', 'short_link'],
  ])('of kind %s is made once for twenty who ask at once', async (kind, booked) => {
    const before = await made(booked);
    const links = await Promise.all(Array.from({ length: 20 }, () => linkTo(ana, thing, kind)));
    expect(new Set(links.map(({ url }) => url)).size).toBe(1);
    expect(await made(booked)).toBe(before + 1);
    const { link, path, query } = (await bookedShares(shop)).at(-1)!;
    expect(links[0]).toMatchObject({ __typename: 'ShareLink', kind, url: link });
    expect([path, query]).toEqual(['pages/product/product', `id=${thing.targetId}&scene=${links[0]!.scene}`]);
    const days = (new Date(links[0]!.expiresAt).getTime() - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30);
  });

  it('is the same until it is about to end, and then another one', async () => {
    const aged = (days: number): Promise<unknown> =>
      shop.rows(
        'UPDATE share_artifact SET expires_at = expires_at - INTERVAL ? DAY, made_at = made_at - INTERVAL ? DAY',
        [days, days],
      );
    const { url } = await linkTo(ana, thing);
    await aged(26);
    expect((await linkTo(ana, thing)).url).toBe(url);
    await aged(2);
    const renewed = await linkTo(ana, thing);
    expect(renewed.url).not.toBe(url);
    expect(new Date(renewed.expiresAt).getTime()).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    const kept = await shop.rows('SELECT id FROM share_artifact WHERE address IN (?)', [[url, renewed.url]]);
    expect(kept).toHaveLength(1);
  });
});

describe('when WeChat says no', () => {
  /** Machine time stands still, so that nobody has rested by chance. */
  beforeEach(() => {
    const now = new Date();
    jest.spyOn(shop.get(MachineClock), 'now').mockImplementation(() => now);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each<[code: string, answer: string]>([
    ['45009', 'ShareTryLater'],
    ['41030', 'ShareNotPossible'],
  ])('with %s, the answer is %s, and WeChat is left alone for a moment', async (code, answer) => {
    await shop.fault('code', 'refuse', 1, code);
    const before = await made('code');
    expect((await codeOf(ana, thing)).__typename).toBe(answer);
    expect((await codeOf(ana, thing)).__typename).toBe(answer);
    expect(await made('code')).toBe(before);
    await rested();
    expect((await codeOf(ana, thing)).__typename).toBe('ShareCode');
  });

  it.each<[code: string, answer: string]>([
    ['44990', 'ShareTryLater'],
    ['85079', 'ShareNotPossible'],
    ['40002', 'ShareNotPossible'],
  ])('to a link with %s, the answer is %s', async (code, answer) => {
    await shop.fault('url_link', 'refuse', 1, code);
    expect((await linkTo(ana, thing)).__typename).toBe(answer);
  });

  it('to all fifty who ask at once, it was asked once', async () => {
    await shop.fault('code', 'refuse', 50, '45009');
    const answers = await Promise.all(Array.from({ length: 50 }, () => codeOf(ana, thing)));
    expect(new Set(answers.map(({ __typename }) => __typename))).toEqual(new Set(['ShareTryLater']));
    const faults = (await (await fetch(`${shop.emulator.url}/emulator/faults`)).json()) as { times: number }[];
    expect(faults).toMatchObject([{ times: 49 }]);
    await fetch(`${shop.emulator.url}/emulator/faults`, { method: 'DELETE' });
  });

  it('to nobody, because it does not answer, the code is made by whoever asks later', async () => {
    await shop.fault('code', 'error_500');
    const { errors } = await ana.send(CODE, { input: thing });
    expect(errors).toMatchObject([{ extensions: { code: 'CHANNEL_UNAVAILABLE' } }]);
    expect(await codeOf(ana, thing)).toMatchObject({
      __typename: 'ShareTryLater',
      retryAfterSeconds: expect.any(Number),
    });
    await rested();
    expect((await codeOf(ana, thing)).__typename).toBe('ShareCode');
  });

  it('an old link serves as long as it lives', async () => {
    const { url } = await linkTo(ana, thing);
    await shop.rows(
      'UPDATE share_artifact SET expires_at = NOW(3) + INTERVAL 1 DAY, made_at = NOW(3) - INTERVAL 29 DAY WHERE address = ?',
      [url],
    );
    await shop.fault('url_link', 'refuse', 1, '45009');
    expect((await linkTo(ana, thing)).__typename).toBe('ShareTryLater');
    expect(await linkTo(ana, thing)).toMatchObject({ __typename: 'ShareLink', url });
  });

  it('because the storage takes no picture, nobody is told of one', async () => {
    await shop.fault('put_object', 'error_500');
    const { errors } = await ana.send(CODE, { input: thing });
    expect(errors).toMatchObject([{ extensions: { code: 'STORAGE_UNAVAILABLE' } }]);
    await rested();
    const { url } = await codeOf(ana, thing);
    expect((await fetch(url)).status).toBe(200);
  });
});

describe('a quota', () => {
  const usedUp = (kind: keyof typeof QUOTAS): Promise<unknown> =>
    shop.rows('UPDATE share_quota SET used = ? WHERE kind = ?', [QUOTAS[kind].callsMax, kind]);
  const forgotten = async (): Promise<void> => {
    await shop.rows('DELETE FROM share_call');
    await shop.rows('DELETE FROM share_quota');
  };

  it('of the shop stops before WeChat would', async () => {
    await linkTo(ana, thing);
    await usedUp('LINK');
    const before = await made('scheme');
    const answer = await linkTo(ana, thing, 'SCHEME');
    expect(answer.__typename).toBe('ShareTryLater');
    expect(answer.retryAfterSeconds).toBeLessThanOrEqual(86_400);
    expect((await linkTo(ana, thing, 'SHORT_LINK')).__typename).toBe('ShareLink');
    expect(await made('scheme')).toBe(before);
    await forgotten();
  });

  it('of a person stops that person only, and not what was made before', async () => {
    await linkTo(ana, thing);
    await usedUp('PERSON');
    const limited = await codeOf(ana, thing);
    expect(limited).toMatchObject({ __typename: 'ShareLimitReached' });
    expect((await linkTo(ana, thing)).__typename).toBe('ShareLink');
    const bo = await shop.login(`bo ${people++}`);
    expect((await codeOf(bo, thing)).__typename).toBe('ShareCode');
    await forgotten();
  });

  it('is not passed by ten who ask at once for the last two', async () => {
    await linkTo(ana, thing);
    await shop.rows("UPDATE share_quota SET used = ? WHERE kind = 'PERSON'", [QUOTAS.PERSON.callsMax - 2]);
    const things = await Promise.all(
      Array.from({ length: 10 }, async (): Promise<Thing> => {
        const { productId } = await anOffer(shop);
        return { targetType: 'PRODUCT', targetId: productId };
      }),
    );
    const answers: MadeAnswer[] = await Promise.all(things.map((each) => linkTo(ana, each)));
    expect(answers.filter(({ __typename }) => __typename === 'ShareLink')).toHaveLength(2);
    await forgotten();
  });
});

it('a lease whose holder has died is over after a minute', async () => {
  await shop.fault('code', 'error_500');
  await ana.send(CODE, { input: thing });
  const held = (seconds: number): Promise<unknown> =>
    shop.rows(
      'UPDATE share_artifact SET problem = NULL, lease_until = NOW(3) + INTERVAL ? SECOND WHERE address IS NULL',
      [seconds],
    );
  await held(2);
  expect((await codeOf(ana, thing)).__typename).toBe('ShareCode'); // waits for the other one, and then makes it
});

it('what was counted is what was asked for', async () => {
  await codeOf(ana, thing);
  await linkTo(ana, thing);
  await expectSettled(shop);
});
