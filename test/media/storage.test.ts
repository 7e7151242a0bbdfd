import { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Config, MachineClock, secondsAfter } from '#common';
import type { RunningEmulator } from '../../src/emulator/index.js';
import { policyFields } from '../../src/media/storage/post-policy.js';
import { S3Storage } from '../../src/media/storage/s3.storage.js';
import { signatureOf, signerOf } from '../../src/media/storage/signature.js';
import { closeEverything, shop, startShopEmulator } from '../emulator/wechat.js';

const { bucket, region, accessKeyId, secretAccessKey } = shop.storage;
const SECRET = secretAccessKey;

let emulator: RunningEmulator;
const opened: S3Storage[] = [];
beforeAll(async () => {
  emulator = await startShopEmulator();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((storage) => storage.onApplicationShutdown()));
});
afterAll(closeEverything);

function storageWith(settings: Partial<Config> = {}): S3Storage {
  const keys = { S3_REGION: region, S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: SECRET };
  const where = { S3_ENDPOINT: `${emulator.url}/storage`, S3_PATH_STYLE: 'yes', S3_TIMEOUT_MILLISECONDS: 30_000 };
  const storage = new S3Storage(Object.assign(new Config(), keys, where, settings), new MachineClock());
  opened.push(storage);
  return storage;
}

const put = (storage: S3Storage, key: string, body = key) =>
  storage.put({ key, body: Buffer.from(body), contentType: 'image/webp', cacheControl: 'max-age=1' });

async function listed(storage: S3Storage, prefix: string): Promise<string[][]> {
  const pages: string[][] = [];
  for await (const page of storage.list(prefix)) pages.push(page.map(({ key }) => key));
  return pages;
}

describe('an object', () => {
  it('is stored, looked at, read no further than asked, and removed', async () => {
    const storage = storageWith();
    await put(storage, 'images/1/200.webp', 'a picture');
    expect(await storage.head('images/1/200.webp')).toEqual({ sizeBytes: 9, contentType: 'image/webp' });
    expect((await storage.read('images/1/200.webp', 100))?.toString()).toBe('a picture');
    expect((await storage.read('images/1/200.webp', 4))?.toString()).toBe('a pi');
    for (let times = 0; times < 2; times += 1) await storage.remove('images/1/200.webp');
    expect(await storage.head('images/1/200.webp')).toBeNull();
    expect(await storage.read('images/1/200.webp', 100)).toBeNull();
  });

  it('is read by anybody who has a signed address, until that is over', async () => {
    const storage = storageWith();
    await put(storage, 'private/1', 'for some');
    const statusOf = async (address: string): Promise<number> => (await fetch(address)).status;
    const now = new Date();
    const address = storage.presignGet('private/1', now, 300);
    expect(await (await fetch(address)).text()).toBe('for some');
    expect(await statusOf(address.split('?')[0]!)).toBe(403);
    expect(await statusOf(address.replace('private/1', 'private/2'))).toBe(403);
    expect(await statusOf(storage.presignGet('private/1', secondsAfter(now, -301), 300))).toBe(403);
    expect(await statusOf(storageWith({ S3_SECRET_ACCESS_KEY: 'guessed' }).presignGet('private/1', now, 300))).toBe(
      403,
    );
  });

  it('that is huge is not taken into memory', async () => {
    const storage = storageWith();
    await storage.put({
      key: 'huge',
      body: Buffer.alloc(30_000_000),
      contentType: 'image/png',
      cacheControl: 'no-store',
    });
    expect(await storage.read('huge', 1_000)).toHaveLength(1_000);
    expect(await storage.read('huge', 1_000)).toHaveLength(1_000);
    await storage.remove('huge');
  });

  it('is listed with all others that begin so, page after page', async () => {
    const storage = storageWith();
    const keys = Array.from({ length: 1_001 }, (_, number) => `many/${String(number).padStart(4, '0')}`);
    for (let start = 0; start < keys.length; start += 50)
      await Promise.all(keys.slice(start, start + 50).map((key) => put(storage, key)));
    const pages = await listed(storage, 'many/');
    expect(pages.map(({ length }) => length)).toEqual([1_000, 1]);
    expect(pages.flat()).toEqual(keys);
    expect(await listed(storage, 'none/')).toEqual([[]]);
  });
});

describe('a storage that does not do it', () => {
  it.each<[what: string, settings: Partial<Config>, message: RegExp]>([
    [
      'knows no such key',
      { S3_ACCESS_KEY_ID: 'AKIDOTHER' },
      /^PUT \/storage\/pictures\/x: InvalidAccessKeyId \(HTTP 403\)$/,
    ],
    ['finds the signature wrong', { S3_SECRET_ACCESS_KEY: 'guessed' }, /SignatureDoesNotMatch/],
    ['has no such bucket', { S3_BUCKET: 'others' }, /NoSuchBucket/],
    ['is not there', { S3_ENDPOINT: 'http://127.0.0.1:1/' }, /^PUT \/pictures\/x: NETWORK \(no reply\)$/],
  ])('because it %s is named with its code, and without any secret', async (_what, settings, message) => {
    const failing = put(storageWith(settings), 'x');
    await expect(failing).rejects.toThrow(message);
    await expect(failing).rejects.not.toThrow(/guessed|secret/);
  });

  it('hangs, and is waited for no longer than allowed', async () => {
    const arm = (body: object) =>
      fetch(`${emulator.url}/emulator/faults`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
    await arm({ operation: 'get_object', kind: 'hang' });
    await expect(storageWith({ S3_TIMEOUT_MILLISECONDS: 100 }).read('x', 1)).rejects.toThrow(/TIMEOUT/);
  });
});

describe('a form', () => {
  const NOW = new Date('2026-11-21T12:00:00Z');
  const promise = {
    key: 'originals/1',
    contentType: 'image/png',
    sizeBytes: 77,
    startsAt: NOW,
    endsAt: secondsAfter(NOW, 900),
  };

  it('says what Amazon’s library says, under the same signature', async () => {
    const client = new S3Client({ region, credentials: { accessKeyId, secretAccessKey } });
    jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'setTimeout'] });
    const theirs = await createPresignedPost(client, {
      ...{ Bucket: bucket, Key: 'originals/1', Expires: 900, Fields: { 'Content-Type': 'image/png' } },
      Conditions: [['content-length-range', 77, 77]],
    }).finally(() => jest.useRealTimers());
    const lower = Object.fromEntries(Object.entries(theirs.fields).map(([name, value]) => [name.toLowerCase(), value]));
    const signer = signerOf(accessKeyId, SECRET, region);
    const ours = Object.fromEntries(
      policyFields(signer, bucket, promise).map(({ name, value }) => [name.toLowerCase(), value]),
    );

    const { policy, 'x-amz-signature': signature, ...named } = ours;
    const { policy: theirPolicy, 'x-amz-signature': theirSignature, bucket: theirBucket, ...theirNamed } = lower;
    expect(theirBucket).toBe(bucket); // The address says it as well, so we leave it out.
    expect(named).toEqual(theirNamed);
    const said = (encoded?: string) => {
      const { expiration, conditions } = JSON.parse(Buffer.from(encoded!, 'base64').toString()) as {
        expiration: string;
        conditions: object[];
      };
      return {
        ends: Date.parse(expiration),
        conditions: conditions.map((each) => JSON.stringify(each).toLowerCase()).toSorted(),
      };
    };
    expect(said(policy)).toEqual(said(theirPolicy));
    expect(signatureOf(signer, named['x-amz-date']!, theirPolicy!)).toBe(theirSignature);
    expect(signatureOf(signer, named['x-amz-date']!, policy!)).toBe(signature);
  });

  it.each([
    ['yes', 'https://s3.example.com/', 'https://s3.example.com/pictures'],
    ['no', 'https://s3.example.com', 'https://pictures.s3.example.com'],
    ['yes', 'http://127.0.0.1:3001/storage', 'http://127.0.0.1:3001/storage/pictures'],
  ] as const)('goes to the bucket, in the path or in front of the host (%s, %s)', (S3_PATH_STYLE, S3_ENDPOINT, url) => {
    expect(storageWith({ S3_PATH_STYLE, S3_ENDPOINT }).presignPost(promise).url).toBe(url);
  });
});

it('the secret is not printed with the storage', () => {
  const signer = signerOf(accessKeyId, 'the-secret-itself', region);
  expect(JSON.stringify(signer)).not.toContain('the-secret-itself');
});
