import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSettled, until } from '../support/sound.js';
import { Worker } from '../support/worker.js';
import { aPicture } from './pictures.js';
import { begin, complete, type ImageAnswer, keysIn, look, post } from './uploader.js';

const LEASE_SECONDS = 3;
const DELETE = 'mutation ($id: ID!) { imageDelete(input: { imageId: $id }) { status } }';

let shop: Shop;
let ana: Phone;
let file: Buffer;

beforeAll(async () => {
  shop = await Shop.open({
    environment: {
      S3_TIMEOUT_MILLISECONDS: '3000',
      JOB_LEASE_SECONDS: String(LEASE_SECONDS),
      JOB_POLL_MILLISECONDS: '20',
    },
  });
  ana = await shop.login('ana');
  file = await aPicture(300, 200).jpeg().toBuffer();
});
afterEach(async () => {
  await expectSettled(shop);
  expect(await keysIn(shop)).toEqual([]);
});
afterAll(async () => {
  await shop.close();
});

async function uploaded(): Promise<ImageAnswer> {
  const image = await begin(ana, file);
  expect(await post(image.uploadForm!, file)).toBe('204');
  return image;
}

const armed = async (): Promise<unknown[]> =>
  (await (await fetch(`${shop.emulator.url}/emulator/faults`)).json()) as unknown[];

/** Lets every retry fall due at once until nothing is left to do. */
async function workOff(): Promise<void> {
  const left = () => shop.rows("SELECT name, reason FROM job WHERE status = 'READY' AND repeat_seconds IS NULL");
  await until(
    async () => {
      await shop.rows("UPDATE job SET run_at = NOW(3) WHERE status = 'READY' AND reason IS NOT NULL");
      await shop.drain();
      return (await left()).length === 0;
    },
    'no work is left',
    async () => JSON.stringify(await left()),
  );
}

async function deleteAndSee(id: string): Promise<void> {
  await ana.ask(DELETE, { id });
  await workOff();
}

describe('a storage that does not answer', () => {
  it.each([
    ['get_object', 'error_500'],
    ['get_object', 'hang'],
    ['put_object', 'error_500'],
    ['put_object', 'error_429'],
    ['put_object', 'timeout_before'],
    ['put_object', 'timeout_after'],
    ['delete_object', 'error_500'],
  ])('%s, %s: is asked again until the picture is there, and nothing besides', async (operation, kind) => {
    const { id } = await uploaded();
    await complete(ana, id);
    await shop.fault(operation, kind, 2);
    await workOff();
    expect(await armed()).toEqual([]);
    expect((await look(ana, id)).status).toBe('READY');
    expect((await keysIn(shop)).map((key) => key.replace(id.slice(6), 'ID'))).toEqual([
      ...['images/ID/200.jpg', 'images/ID/200.webp', 'images/ID/300.jpg', 'images/ID/300.webp'],
    ]);
    await deleteAndSee(id);
  });

  it('is said to the phone, which can report its file later', async () => {
    const { id } = await uploaded();
    await shop.fault('get_object', 'error_500');
    const report = 'mutation ($id: ID!) { imageUploadComplete(input: { imageId: $id }) { __typename } }';
    const { errors } = await ana.send(report, { id }, { 'accept-language': 'en' });
    expect(errors?.[0]).toMatchObject({
      message: 'The image storage cannot be reached at the moment. Please try again.',
      extensions: { code: 'STORAGE_UNAVAILABLE' },
    });
    expect((await look(ana, id)).status).toBe('PENDING');
    expect((await complete(ana, id)).status).toBe('PROCESSING');
    await deleteAndSee(id);
  });

  it('does not keep what was deleted: removing is tried again', async () => {
    const { id } = await uploaded();
    await complete(ana, id);
    await shop.drain();
    await shop.fault('list_objects', 'error_500', 2);
    await shop.fault('delete_object', 'timeout_before', 2);
    await deleteAndSee(id);
    expect(await armed()).toEqual([]);
  });
});

describe('a picture whose owner or whose worker goes away in the middle', () => {
  it('that is deleted while it is being stored is stored for nobody', async () => {
    const { id } = await uploaded();
    await complete(ana, id);
    await shop.emulate('/emulator/faults', { operation: 'put_object', kind: 'delay', delay_ms: 2_000 });
    const working = shop.drain();
    await until(async () => (await armed()).length === 0, 'the first rendition is on its way');
    expect(await ana.ask(DELETE, { id })).toEqual({ status: 'DELETED' });
    await shop.drain(); // Its files are removed before the last of them is stored.
    await working;
    await workOff();
    expect(await shop.rows('SELECT status FROM image WHERE status = ?', ['READY'])).toEqual([]);
  });

  it('whose worker is killed between reading and storing is taken over and shown', async () => {
    const { id } = await uploaded();
    await complete(ana, id);
    await shop.emulate('/emulator/faults', { operation: 'put_object', kind: 'hang', times: 1 });
    const worker = await Worker.start({ ...shop.environment, S3_TIMEOUT_MILLISECONDS: '60000' });
    try {
      await until(async () => (await armed()).length === 0, 'the worker stores the first rendition');
    } finally {
      await worker.kill();
    }
    expect((await look(ana, id)).status).toBe('PROCESSING');
    await until(async () => {
      await shop.drain();
      return (await look(ana, id)).status === 'READY';
    }, 'the lease is over and another worker takes it up');
    expect(await keysIn(shop)).toHaveLength(4);
    await deleteAndSee(id);
    await shop.rows('DELETE FROM job WHERE repeat_seconds IS NOT NULL');
  });

  it('whose worker has overslept its lease is stored for nobody, if it was deleted meanwhile', async () => {
    const { id } = await uploaded();
    await complete(ana, id);
    await shop.emulate('/emulator/faults', { operation: 'put_object', kind: 'delay', delay_ms: 2_000 });
    const overslept = shop.drain();
    await until(async () => (await armed()).length === 0, 'the first rendition is on its way');
    await ana.ask(DELETE, { id });
    await shop.rows(
      "UPDATE job SET lease = lease + 1, run_at = NOW(3) WHERE name = 'media.processImage' AND status = 'READY'",
    );
    await shop.drain();
    await overslept;
    await workOff();
  });

  it('waits no longer than an hour between attempts, and is tried for as long as seven hours', async () => {
    const { id } = await uploaded();
    await complete(ana, id);
    await shop.fault('get_object', 'error_500', 30);
    for (let attempt = 1; attempt <= 12; attempt += 1) {
      await shop.rows("UPDATE job SET run_at = NOW(3) WHERE status = 'READY' AND name = 'media.processImage'");
      await shop.drain();
    }
    const [job] = await shop.rows<{ status: string; attempt: number; reason: string }>(
      "SELECT status, attempt, reason FROM job WHERE status = 'DEAD'",
    );
    expect(job).toMatchObject({ status: 'DEAD', attempt: 12, reason: expect.stringContaining('StorageError') });
    await fetch(`${shop.emulator.url}/emulator/faults`, { method: 'DELETE' });
    expect((await look(ana, id)).status).toBe('PROCESSING');
    await deleteAndSee(id);
    await shop.rows("DELETE FROM job WHERE status = 'DEAD'");
  });
});
