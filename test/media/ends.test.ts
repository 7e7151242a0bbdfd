import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, secondsAfter } from '#common';
import { CleaningService, Image, ImagesService, ObjectStorage } from '#media';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSettled } from '../support/sound.js';
import { aPicture } from './pictures.js';
import { begin, complete, type ImageAnswer, keysIn, look, post, upload } from './uploader.js';

const DELETE = 'mutation ($id: ID!) { imageDelete(input: { imageId: $id }) { status small: url(width: 1) } }';
const AVATAR =
  'mutation ($id: ID!) { avatarSet(input: { imageId: $id }) { __typename ... on User { avatar { id } } } }';

let shop: Shop;
let ana: Phone;
let file: Buffer;
let person = 0;

beforeAll(async () => {
  shop = await Shop.open();
  file = await aPicture(300, 300).jpeg().toBuffer();
});
beforeEach(async () => {
  ana = await shop.login(`ana ${(person += 1)}`);
});
afterEach(async () => {
  await shop.drain();
  await expectSettled(shop);
});
afterAll(async () => {
  await shop.close();
});

async function uploaded(): Promise<ImageAnswer> {
  const image = await begin(ana, file);
  await post(image.uploadForm!, file);
  return image;
}

/** Lets so many seconds pass over an image. */
async function age({ id }: ImageAnswer, seconds: number): Promise<void> {
  const image = await shop.source.manager.findOneByOrFail(Image, { id: id as Image['id'] });
  const earlier = (at: Date | null): Date | null => at && secondsAfter(at, -seconds);
  await shop.rows('UPDATE image SET started_at = ?, upload_until = ?, uploaded_at = ? WHERE started_at = ?', [
    ...[earlier(image.startedAt), earlier(image.uploadUntil), earlier(image.uploadedAt), image.startedAt],
  ]);
}

/** The sweep as it would run so much later. */
function sweepAfter(seconds: number): Promise<void> {
  const machine = { now: () => secondsAfter(new Date(), seconds) };
  return new CleaningService(shop.source, machine, shop.get(ObjectStorage)).sweepOriginals();
}

describe('an image that is deleted', () => {
  it('is gone from the storage, from lists and from its owner, and deleting it again changes nothing', async () => {
    const image = await upload(shop, ana, file, { purpose: 'AVATAR' });
    expect(await ana.ask(AVATAR, { id: image.id })).toEqual({ __typename: 'User', avatar: { id: image.id } });
    for (let times = 0; times < 2; times += 1) {
      expect(await ana.ask(DELETE, { id: image.id })).toEqual({ status: 'DELETED', small: null });
      await shop.drain();
      expect(await keysIn(shop)).toEqual([]);
    }
    expect((await fetch(image.small!)).status).toBe(404);
    expect((await ana.send('query ($id: ID!) { image(id: $id) { id } }', image)).errors?.[0]?.extensions.code).toBe(
      'NOT_FOUND',
    );
    expect(await ana.ask('{ images { edges { cursor } } }')).toEqual({ edges: [] });
    expect(await ana.ask('{ me { avatar { id } } }')).toEqual({ avatar: null });
    expect(await shop.rows('SELECT * FROM image_rendition')).toEqual([]);
  });

  it('before it was uploaded cannot be uploaded any more, and what is posted all the same is found', async () => {
    const { id, uploadForm } = await begin(ana, file);
    await ana.ask(DELETE, { id });
    await post(uploadForm!, file);
    const { errors } = await ana.send(
      'mutation ($id: ID!) { imageUploadComplete(input: { imageId: $id }) { __typename } }',
      { id },
    );
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    await shop.drain();
    await sweepAfter(1_201);
    expect(await keysIn(shop)).toEqual([]);
  });
});

describe('an upload that nobody goes on with', () => {
  it('expires with its form and the time for late reports, and leaves nothing behind', async () => {
    const image = await uploaded();
    await age(image, 901);
    expect((await look(ana, image.id)).uploadForm).toBeNull();
    await shop.get(ImagesService).endOverdue();
    expect((await look(ana, image.id)).status).toBe('PENDING');
    await age(image, 300);
    await shop.get(ImagesService).endOverdue();
    expect((await look(ana, image.id)).status).toBe('EXPIRED');
    expect((await complete(ana, image.id)).__typename).toBe('UploadWindowOver');
    await shop.drain();
    expect(await keysIn(shop)).toEqual([]);
  });

  it('is finished by a late report of a file that came in time', async () => {
    const image = await uploaded();
    await age(image, 1_000);
    expect((await complete(ana, image.id)).status).toBe('PROCESSING');
    await shop.drain();
    expect((await look(ana, image.id)).status).toBe('READY');
    await ana.ask(DELETE, { id: image.id });
  });

  it('and that could not be processed for a day is given up', async () => {
    const image = await uploaded();
    await complete(ana, image.id);
    await shop.rows(
      "UPDATE job SET run_at = NOW(3) + INTERVAL 1 HOUR WHERE name = 'media.processImage' AND status = 'READY'",
    );
    await age(image, 86_400);
    await shop.get(ImagesService).endOverdue();
    expect(await look(ana, image.id)).toMatchObject({
      status: 'REFUSED',
      whyRefused: { __typename: 'ImageUnprocessed' },
    });
    await shop.rows("UPDATE job SET run_at = NOW(3) WHERE status = 'READY' AND repeat_seconds IS NULL");
    await shop.drain();
    expect((await look(ana, image.id)).status).toBe('REFUSED');
    expect(await keysIn(shop)).toEqual([]);
  });
});

describe('the sweep of originals', () => {
  it('removes what is posted again after the image was made, once no form can be open, and nothing that is waited for', async () => {
    const [made, waiting] = [await uploaded(), await uploaded()];
    await complete(ana, made.id);
    await shop.drain();
    await post(made.uploadForm!, file);
    const originals = async () => (await keysIn(shop)).filter((key) => key.startsWith('originals/'));
    await sweepAfter(1_190);
    expect(await originals()).toHaveLength(2);
    await sweepAfter(1_201);
    expect(await originals()).toEqual([`originals/${waiting.id.slice(6)}`]);
    expect((await look(ana, made.id)).status).toBe('READY');
    await fetch(made.small ?? (await look(ana, made.id)).small!).then(({ status }) => {
      expect(status).toBe(200);
    });
    for (const { id } of [made, waiting]) await ana.ask(DELETE, { id });
  });
});

describe('who uploads too much', () => {
  it('may have twenty uploads open at a time, however many are begun at once', async () => {
    const race = await Promise.all(Array.from({ length: 25 }, () => begin(ana, file)));
    const begun = race.filter(({ __typename }) => __typename === 'Image');
    expect(begun).toHaveLength(20);
    expect(new Set(race.map(({ __typename }) => __typename))).toEqual(new Set(['Image', 'TooManyOpenUploads']));
    await ana.ask(DELETE, { id: begun[0]!.id });
    expect((await begin(ana, file)).__typename).toBe('Image');
  });

  it('may begin three hundred within a day', async () => {
    const [ownerId, now] = [await ana.userId(), new Date()];
    const row = { ownerId, purpose: 'POST', type: 'JPEG', sizeBytes: 1, status: 'EXPIRED' } as const;
    const early = secondsAfter(now, -86_300);
    await shop.source.manager.insert(
      Image,
      Array.from({ length: 300 }, () => ({ ...row, id: newId('image'), startedAt: early, uploadUntil: early })),
    );
    expect((await begin(ana, file)).__typename).toBe('TooManyUploads');
    await shop.rows('UPDATE image SET started_at = started_at - INTERVAL 200 SECOND WHERE started_at = ? LIMIT 1', [
      early,
    ]);
    expect((await begin(ana, file)).__typename).toBe('Image');
  });

  it('may not ask faster than a phone does', async () => {
    const { id } = await begin(ana, file);
    const answers = await Promise.all(Array.from({ length: 125 }, () => complete(ana, id)));
    const tooFast = answers.filter(({ __typename }) => __typename === 'TooManyAttempts');
    expect(tooFast).toHaveLength(6);
  });

  it('is told what is too large for its purpose, and no purpose takes more than ten mebibytes', async () => {
    const large = { purpose: 'AVATAR', sizeBytes: 2 * 1_048_576 + 1 };
    expect((await begin(ana, file, large)).__typename).toBe('ImageTooLarge');
    expect((await begin(ana, file, { ...large, purpose: 'POST' })).__typename).toBe('Image');
    const input = { type: 'JPEG', purpose: 'POST', sizeBytes: 10_485_761, idempotencyKey: randomUUID() };
    const { errors } = await ana.send(
      'mutation ($input: ImageUploadInput!) { imageUpload(input: $input) { __typename } }',
      { input },
    );
    expect(errors?.[0]?.extensions.fields?.map(({ path }) => path)).toEqual(['input.sizeBytes']);
  });
});

describe('an avatar', () => {
  it('is a READY image of one’s own for that purpose', async () => {
    const [post, avatar] = [await upload(shop, ana, file), await upload(shop, ana, file, { purpose: 'AVATAR' })];
    const unready = await begin(ana, file, { purpose: 'AVATAR' });
    for (const { id } of [post, unready])
      expect(await ana.ask(AVATAR, { id })).toMatchObject({ __typename: 'ImageNotUsable' });
    for (let times = 0; times < 2; times += 1)
      expect(await ana.ask(AVATAR, { id: avatar.id })).toEqual({ __typename: 'User', avatar: { id: avatar.id } });
    expect(await ana.ask('{ me { avatar { url(width: 100) } } }')).toEqual({ avatar: { url: avatar.small } });
    for (const { id } of [post, avatar, unready]) await ana.ask(DELETE, { id });
  });
});
