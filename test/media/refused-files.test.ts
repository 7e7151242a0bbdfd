import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { secondsAfter } from '#common';
import { ObjectStorage } from '#media';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSettled } from '../support/sound.js';
import { aBomb, aPicture, anAnimation } from './pictures.js';
import { begin, complete, type Declared, keysIn, look, post, upload } from './uploader.js';

const MEGABYTES_MAX = 200;

let shop: Shop;
let ana: Phone;

beforeAll(async () => {
  shop = await Shop.open();
  ana = await shop.login('ana');
});
afterAll(async () => {
  await expectSettled(shop);
  await shop.close();
});

const nothingIsLeft = async (): Promise<void> => {
  expect(await keysIn(shop)).toEqual([]);
  expect(await shop.rows('SELECT * FROM image_rendition')).toEqual([]);
};
const jpeg = (): Promise<Buffer> => aPicture(300, 200).jpeg().toBuffer();
const script = '<script>alert(document.cookie)</script>';

describe('a file that is not shown leaves nothing behind, and its owner reads why', () => {
  it.each<[what: string, declared: Declared, file: () => Promise<Buffer> | Buffer, why: string]>([
    ['a JPEG that is called a PNG', { type: 'PNG' }, jpeg, 'ImageMismatched'],
    ['a text', {}, () => Buffer.from('Ceci n’est pas une pomme.'.repeat(20)), 'ImageMismatched'],
    [
      'an SVG with a script',
      { type: 'PNG' },
      () => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`),
      'ImageMismatched',
    ],
    ['a web page', { type: 'GIF' }, () => Buffer.from(`<html>${script}</html>`), 'ImageMismatched'],
    [
      'a GIF that is a script',
      { type: 'GIF' },
      () => Buffer.from('GIF89a/*' + '*'.repeat(200) + '*/=1;alert(document.cookie)'),
      'ImageUnreadable',
    ],
    ['a JPEG that was cut short', {}, async () => (await jpeg()).subarray(0, -500), 'ImageUnreadable'],
    ['a JPEG of a header only', {}, async () => (await jpeg()).subarray(0, 30), 'ImageUnreadable'],
    [
      'a PNG that was cut short',
      { type: 'PNG' },
      async () => (await aPicture(300, 200).png().toBuffer()).subarray(0, -500),
      'ImageUnreadable',
    ],
    [
      'a WebP that was cut short',
      { type: 'WEBP' },
      async () => (await aPicture(300, 200).webp().toBuffer()).subarray(0, -200),
      'ImageUnreadable',
    ],
    ['a picture of 144 megapixels', { type: 'PNG' }, () => aBomb(12_000, 12_000), 'ImageTooManyPixels'],
    ['a picture that is too long', { type: 'PNG' }, () => aBomb(12_001, 1), 'ImageTooManyPixels'],
    ['an animation without end', { type: 'GIF' }, () => anAnimation(201), 'ImageTooManyFrames'],
  ])('%s', async (_what, declared, file, why) => {
    const image = await upload(shop, ana, await file(), declared);
    expect(image).toMatchObject({ status: 'REFUSED', width: null, blurhash: null, small: null, uploadForm: null });
    expect(image.whyRefused).toEqual({ __typename: why, message: expect.stringMatching(/^\p{Script=Han}.+。$/u) });
    await nothingIsLeft();
  });

  it('a small file that would be ten gigabytes of pixels; the memory stays as it is', async () => {
    const bomb = await aBomb(50_000, 50_000);
    expect(bomb.length).toBeLessThan(1_000_000);
    const before = process.resourceUsage().maxRSS;
    const image = await upload(shop, ana, bomb, { type: 'PNG' });
    expect(image.whyRefused?.__typename).toBe('ImageTooManyPixels');
    expect((process.resourceUsage().maxRSS - before) / 1_024).toBeLessThan(MEGABYTES_MAX);
    await nothingIsLeft();
  });

  it('in the language of the request', async () => {
    const { id } = await upload(shop, ana, Buffer.from('no picture'));
    const answer = await ana.send(
      'query ($id: ID!) { image(id: $id) { whyRefused { message } } }',
      { id },
      { 'accept-language': 'en' },
    );
    expect(answer.data).toEqual({
      image: { whyRefused: { message: 'The file is not of the type or size that was declared.' } },
    });
  });
});

describe('a picture with something behind its end', () => {
  it.each([
    ['an archive', Buffer.from('PK\x03\x04 a virus in an archive')],
    ['a page', Buffer.from(`<html>${script}</html>`)],
  ])('is shown without it: %s', async (_what, tail) => {
    const image = await upload(shop, ana, Buffer.concat([await jpeg(), tail]));
    expect(image.status).toBe('READY');
    const storage = shop.get(ObjectStorage);
    for (const key of await keysIn(shop)) {
      expect(key).toMatch(/^images\//);
      expect((await storage.read(key, 10_000_000))!.includes(tail)).toBe(false);
    }
    await ana.ask('mutation ($id: ID!) { imageDelete(input: { imageId: $id }) { id } }', { id: image.id });
    await shop.drain();
    await nothingIsLeft();
  });
});

describe('the form lets in exactly what was promised', () => {
  it.each<[what: string, change: Record<string, string | null>, answer: string]>([
    ['to another key', { key: 'images/anybody/200.webp' }, '403 AccessDenied'],
    ['as another type', { 'Content-Type': 'text/html' }, '403 AccessDenied'],
    ['with a field more', { 'Cache-Control': 'max-age=1' }, '403 AccessDenied'],
    ['with a field less', { 'Content-Type': null }, '403 AccessDenied'],
    ['without a policy', { policy: null }, '403 AccessDenied'],
    [
      'with a policy of one’s own',
      { policy: Buffer.from('{"expiration":"2099-01-01T00:00:00Z","conditions":[]}').toString('base64') },
      '403 SignatureDoesNotMatch',
    ],
    ['with a signature of one’s own', { 'x-amz-signature': 'f'.repeat(64) }, '403 SignatureDoesNotMatch'],
    [
      'with somebody else’s key',
      { 'x-amz-credential': 'AKIDSOMEBODY/20261121/dev/s3/aws4_request' },
      '403 InvalidAccessKeyId',
    ],
  ])('and nothing %s', async (_what, change, answer) => {
    const file = await jpeg();
    const { uploadForm, id } = await begin(ana, file);
    expect(await post(uploadForm!, file, change)).toBe(answer);
    expect((await complete(ana, id)).__typename).toBe('ImageNotUploaded');
    await ana.ask('mutation ($id: ID!) { imageDelete(input: { imageId: $id }) { id } }', { id });
    await shop.drain();
    await nothingIsLeft();
  });

  it('and not a byte more or less', async () => {
    const file = await jpeg();
    const { uploadForm, id } = await begin(ana, file);
    expect(await post(uploadForm!, Buffer.concat([file, Buffer.from([0])]))).toBe('400 EntityTooLarge');
    expect(await post(uploadForm!, file.subarray(1))).toBe('400 EntityTooSmall');
    expect((await complete(ana, id)).__typename).toBe('ImageNotUploaded');
    await nothingIsLeft();
  });

  it('and nothing after its end', async () => {
    const file = await jpeg();
    const startsAt = secondsAfter(new Date(), -901);
    const promise = { key: 'originals/late', contentType: 'image/jpeg', sizeBytes: file.length, startsAt };
    const form = shop.get(ObjectStorage).presignPost({ ...promise, endsAt: secondsAfter(startsAt, 900) });
    expect(await post(form, file)).toBe('403 AccessDenied');
    expect(
      await post(shop.get(ObjectStorage).presignPost({ ...promise, endsAt: secondsAfter(startsAt, 9_000) }), file),
    ).toBe('204');
    await shop.get(ObjectStorage).remove('originals/late');
  });
});

describe('a storage that lets in what was not promised', () => {
  const put = (id: string, body: Buffer, contentType = 'image/jpeg') =>
    shop.get(ObjectStorage).put({ key: `originals/${id.slice(6)}`, body, contentType, cacheControl: 'no-store' });

  it.each<[what: string, body: (file: Buffer) => Buffer, contentType: string]>([
    ['size', (file) => Buffer.concat([file, file]), 'image/jpeg'],
    ['type', (file) => file, 'text/html'],
  ])('is found out before the file is read: another %s', async (_what, body, contentType) => {
    const file = await jpeg();
    const { id } = await begin(ana, file);
    await put(id, body(file), contentType);
    expect(await complete(ana, id)).toMatchObject({ status: 'REFUSED', whyRefused: { __typename: 'ImageMismatched' } });
    await shop.drain();
    await nothingIsLeft();
  });

  it('is found out when the file is read: it was changed meanwhile', async () => {
    const file = await jpeg();
    const { id } = await begin(ana, file);
    await put(id, file);
    await complete(ana, id);
    await put(id, Buffer.concat([file, Buffer.from(script)]));
    await shop.drain();
    expect((await look(ana, id)).whyRefused?.__typename).toBe('ImageMismatched');
    await nothingIsLeft();
  });
});
