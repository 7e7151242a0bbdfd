import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSettled } from '../support/sound.js';
import { aPhotograph, aPicture, anAnimation } from './pictures.js';
import { begin, complete, type ImageAnswer, keysIn, look, post, upload } from './uploader.js';

let shop: Shop;
let ana: Phone;
let bo: Phone;

beforeAll(async () => {
  shop = await Shop.open();
  [ana, bo] = [await shop.login('ana'), await shop.login('bo')];
});
afterEach(async () => {
  await expectSettled(shop);
});
afterAll(async () => {
  await shop.close();
});

async function fetched(url: string | null): Promise<{ readonly headers: Headers; readonly bytes: Buffer }> {
  const response = await fetch(url!);
  expect(response.status).toBe(200);
  return { headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** The keys of an image's own objects. */
async function keysOf({ id }: ImageAnswer): Promise<string[]> {
  const suffix = id.replace('image_', '');
  return (await keysIn(shop)).filter((key) => key.includes(suffix)).map((key) => key.replace(suffix, 'ID'));
}

describe('a photograph', () => {
  let file: Buffer;
  let image: ImageAnswer;
  beforeAll(async () => {
    file = await aPhotograph(900, 600);
    image = await upload(shop, ana, file);
  });

  it('is shown upright, with its size and a blur to begin with', () => {
    expect(image).toMatchObject({ status: 'READY', width: 600, height: 900, uploadForm: null, whyRefused: null });
    expect(image.blurhash).toMatch(/^[\w#$%*+,\-.:;=?@[\]^{|}~]{28}$/);
  });

  it('is kept in the widths of its purpose, none wider than itself, and not as it came', async () => {
    const widths = [200, 400, 600];
    const renditions = widths.flatMap((width) => [`images/ID/${width}.jpg`, `images/ID/${width}.webp`]);
    expect(await keysOf(image)).toEqual(renditions.toSorted());
  });

  it('is fetched by anybody who knows the address, in the format and nearest width asked for, and not kept by caches for ever', async () => {
    const [small, large, jpeg] = await Promise.all([image.small, image.large, image.jpeg].map(fetched));
    for (const [{ headers, bytes }, format, width] of [
      [small!, 'webp', 200],
      [large!, 'webp', 600],
      [jpeg!, 'jpeg', 400],
    ] as const) {
      expect(headers.get('content-type')).toBe(`image/${format}`);
      expect(headers.get('cache-control')).toBe('public, max-age=86400');
      expect(await sharp(bytes).metadata()).toMatchObject({ format, width, height: width * 1.5 });
    }
  });

  it('says nowhere where it was taken, nor by which camera', async () => {
    expect((await sharp(file).metadata()).exif?.includes('SecretCamera')).toBe(true);
    for (const key of await keysIn(shop)) {
      const { bytes } = await fetched(`${shop.environment['S3_PUBLIC_URL']!}/${key}`);
      const { exif, xmp, iptc, icc, orientation } = await sharp(bytes).metadata();
      expect({ exif, xmp, iptc, icc, orientation }).toEqual({});
      expect(bytes.includes('SecretCamera')).toBe(false);
    }
  });
});

describe('every kind of file that we take', () => {
  it.each([
    ['PNG', 'an opaque PNG', () => aPicture(300, 200).png().toBuffer()],
    ['PNG', 'a PNG of 16 bits', () => aPicture(300, 200).toColourspace('rgb16').png().toBuffer()],
    ['WEBP', 'a WebP', () => aPicture(300, 200).webp().toBuffer()],
    ['JPEG', 'a JPEG for the press (CMYK)', () => aPicture(300, 200).toColourspace('cmyk').jpeg().toBuffer()],
    ['JPEG', 'a grey JPEG', () => aPicture(300, 200).greyscale().jpeg().toBuffer()],
    ['JPEG', 'a progressive JPEG', () => aPicture(300, 200).jpeg({ progressive: true }).toBuffer()],
  ] as const)('%s: %s is shown in ordinary colours', async (type, _what, file) => {
    const image = await upload(shop, ana, await file(), { type });
    expect(image).toMatchObject({ status: 'READY', width: 300, height: 200 });
    const { bytes } = await fetched(image.jpeg);
    expect(await sharp(bytes).metadata()).toMatchObject({ space: 'srgb', channels: 3, depth: 'uchar', width: 300 });
  });

  it('GIF: an animation is shown as a still of its first frame', async () => {
    const image = await upload(shop, ana, await anAnimation(12), { type: 'GIF' });
    expect(image).toMatchObject({ status: 'READY', width: 8, height: 8 });
    expect((await sharp((await fetched(image.large)).bytes).metadata()).pages).toBeUndefined();
  });

  it('what is transparent stays so as WebP and is white as JPEG', async () => {
    const clear = sharp({ create: { width: 40, height: 40, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
    const image = await upload(shop, ana, await clear.png().toBuffer(), { type: 'PNG' });
    const corner = async (url: string | null) => [
      ...(await sharp((await fetched(url)).bytes)
        .raw()
        .toBuffer()),
    ];
    expect((await corner(image.large)).slice(3, 4)).toEqual([0]);
    expect((await corner(image.jpeg)).slice(0, 3)).toEqual([255, 255, 255]);
  });
});

describe('whoever uploads', () => {
  it('gets the same form and the same image however often the request is sent', async () => {
    const file = await aPicture(60, 40).jpeg().toBuffer();
    const first = await begin(ana, file, { idempotencyKey: 'a-picture-of-apples' });
    const again = await begin(ana, file, { idempotencyKey: 'a-picture-of-apples' });
    expect(again).toEqual(first);
    expect(await post(first.uploadForm!, file)).toBe('204');
    const race = await Promise.all([complete(ana, first.id), complete(ana, first.id), complete(ana, first.id)]);
    expect(race.map(({ id, status }) => [id, status])).toEqual(Array(3).fill([first.id, 'PROCESSING']));
    await shop.drain();
    const jobs = await shop.rows("SELECT status FROM job WHERE name = 'media.processImage' AND args LIKE ?", [
      `%${first.id}%`,
    ]);
    expect(jobs).toEqual([{ status: 'DONE' }]);
    expect((await complete(ana, first.id)).status).toBe('READY');
  });

  it('hears that nothing has arrived, and may post it then', async () => {
    const file = await aPicture(60, 40).jpeg().toBuffer();
    const { id, uploadForm } = await begin(ana, file);
    expect((await complete(ana, id)).__typename).toBe('ImageNotUploaded');
    await post(uploadForm!, file);
    expect((await complete(ana, id)).status).toBe('PROCESSING');
    await shop.drain();
  });

  it('is alone with it: nobody else sees, finishes or deletes it', async () => {
    const file = await aPicture(60, 40).jpeg().toBuffer();
    const mine = await upload(shop, ana, file);
    const documents = [
      `query ($id: ID!) { image(id: $id) { status } }`,
      `mutation ($id: ID!) { imageUploadComplete(input: { imageId: $id }) { __typename } }`,
      `mutation ($id: ID!) { imageDelete(input: { imageId: $id }) { status } }`,
      `mutation ($id: ID!) { avatarSet(input: { imageId: $id }) { __typename } }`,
    ];
    for (const document of documents) {
      const { errors } = await bo.send(document, { id: mine.id });
      expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    }
    expect((await look(ana, mine.id)).status).toBe('READY');
    const { edges } = await bo.ask<{ edges: unknown[] }>('{ images { edges { node { id } } } }');
    expect(edges).toEqual([]);
  });
});
