import { readdir } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningEmulator } from '../../src/emulator/index.js';
import { post } from '../media/uploader.js';
import { closeEverything, shop, startShopEmulator } from './wechat.js';

const { bucket: Bucket, region, accessKeyId, secretAccessKey } = shop.storage;

let emulator: RunningEmulator;
let client: S3Client;
beforeAll(async () => {
  emulator = await startShopEmulator();
  client = clientOf();
});
afterAll(closeEverything);

/** Amazon's own client, which knows nothing of ours. */
function clientOf(options: S3ClientConfig = {}): S3Client {
  return new S3Client({
    ...{ endpoint: `${emulator.url}/storage`, region, forcePathStyle: true, maxAttempts: 1 },
    credentials: { accessKeyId, secretAccessKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...options,
  });
}

/** What goes wrong with a command, by the code that the client reads. */
async function codeOf(sending: Promise<unknown>): Promise<string> {
  return sending.then(
    () => 'OK',
    (error: unknown) => (error as Error).name,
  );
}

const put = (Key: string, Body: string | Buffer, by = client) =>
  by.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'text/plain', CacheControl: 'max-age=7' }));

describe('Amazon’s client', () => {
  it('stores, reads, looks at and removes an object', async () => {
    const content = 'zażółć 好团 '.repeat(1_000);
    const { ETag } = await put('notes/a b+c(1)!*.txt', content);
    expect(ETag).toBe(`"${createHash('md5').update(content).digest('hex')}"`);
    const { Body, ContentType, CacheControl } = await client.send(
      new GetObjectCommand({ Bucket, Key: 'notes/a b+c(1)!*.txt' }),
    );
    expect([await Body!.transformToString(), ContentType, CacheControl]).toEqual([content, 'text/plain', 'max-age=7']);
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'notes/a b+c(1)!*.txt' }));
    expect([head.ContentLength, head.ContentType, head.ETag]).toEqual([Buffer.byteLength(content), 'text/plain', ETag]);
    for (let times = 0; times < 2; times += 1)
      await client.send(new DeleteObjectCommand({ Bucket, Key: 'notes/a b+c(1)!*.txt' }));
    expect(await codeOf(client.send(new GetObjectCommand({ Bucket, Key: 'notes/a b+c(1)!*.txt' })))).toBe('NoSuchKey');
    expect(await codeOf(client.send(new HeadObjectCommand({ Bucket, Key: 'notes/a b+c(1)!*.txt' })))).toBe('NotFound');
  });

  it('lists what begins so, in order and page by page', async () => {
    for (const name of ['b', 'a', 'd', 'c', 'e & <f>']) await put(`list/${name}`, name);
    await put('lisp', 'x');
    const keys: string[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await client.send(
        new ListObjectsV2Command({ Bucket, Prefix: 'list/', MaxKeys: 2, ContinuationToken }),
      );
      expect(page.KeyCount).toBeLessThanOrEqual(2);
      for (const { Key, Size, LastModified } of page.Contents ?? []) {
        keys.push(Key!);
        expect(Size).toBe(Key!.length - 'list/'.length);
        expect(LastModified).toBeInstanceOf(Date);
      }
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(keys).toEqual(['list/a', 'list/b', 'list/c', 'list/d', 'list/e & <f>']);
  });

  it('is refused with a wrong secret, an unknown key, another region, a wrong clock, another bucket', async () => {
    const credentials = { accessKeyId, secretAccessKey };
    // prettier-ignore
    const wrong: [options: S3ClientConfig, code: string][] = [
      [{ credentials: { ...credentials, secretAccessKey: 'guessed' } }, 'SignatureDoesNotMatch'],
      [{ credentials: { ...credentials, accessKeyId: 'AKIDGUESSED' } }, 'InvalidAccessKeyId'],
      [{ region: 'elsewhere' },                                        'AuthorizationHeaderMalformed'],
      [{ systemClockOffset: -16 * 60_000 },                            'RequestTimeTooSkewed'],
      [{ systemClockOffset: 16 * 60_000 },                             'RequestTimeTooSkewed'],
    ];
    for (const [options, code] of wrong)
      expect([options, await codeOf(put('secret', 'x', clientOf(options)))]).toEqual([options, code]);
    expect(await codeOf(client.send(new PutObjectCommand({ Bucket: 'others', Key: 'k', Body: 'x' })))).toBe(
      'NoSuchBucket',
    );
    expect(await codeOf(client.send(new GetObjectCommand({ Bucket, Key: 'secret' })))).toBe('NoSuchKey');
  });
});

describe('a request that was tampered with', () => {
  /** What a signed request is answered after it was changed on its way. */
  async function changed(
    change: (request: { path: string; headers: Record<string, string>; body?: unknown }) => void,
  ): Promise<string> {
    const tampering = clientOf();
    tampering.middlewareStack.add(
      (next) => (args) => {
        change(args.request as never);
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    return codeOf(put('tampered', 'the content', tampering));
  }

  it('is let in only as it was signed', async () => {
    expect(await changed(() => undefined)).toBe('OK');
    expect(await changed((request) => (request.path = request.path.replace('tampered', 'other')))).toBe(
      'SignatureDoesNotMatch',
    );
    expect(await changed(({ headers }) => (headers['content-type'] = 'text/html'))).toBe('SignatureDoesNotMatch');
    expect(await changed(({ headers }) => (headers['x-amz-acl'] = 'public-read'))).toBe('AccessDenied');
    expect(await changed((request) => (request.body = 'THE CONTENT'))).toBe('XAmzContentSHA256Mismatch');
    expect(await changed(({ headers }) => (headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD'))).toBe(
      'SignatureDoesNotMatch',
    );
    expect(await changed(({ headers }) => (headers['authorization'] = 'AWS4-HMAC-SHA256 nonsense'))).toBe(
      'AuthorizationHeaderMalformed',
    );
    expect(await changed(({ headers }) => delete headers['authorization'])).toBe('AccessDenied');
  });
});

describe('strangers', () => {
  it('read what is public, and nothing else; they write nothing', async () => {
    await put('images/1/200.webp', 'shown');
    await put('originals/1', 'hidden');
    const at = (key: string, method = 'GET') => fetch(`${emulator.url}/storage/${Bucket}/${key}`, { method });
    expect(await (await at('images/1/200.webp')).text()).toBe('shown');
    expect((await at('images/1/200.webp', 'HEAD')).status).toBe(200);
    expect((await at('images/none')).status).toBe(404);
    for (const [key, method] of [
      ['originals/1'],
      ['images/../originals/1'],
      ['?list-type=2'],
      ['images/1/200.webp', 'DELETE'],
      ['images/1/200.webp', 'PUT'],
    ] as const)
      expect([key, (await at(key, method)).status]).toEqual([key, 403]);
  });
});

describe('a form made by Amazon’s library', () => {
  const CONTENT = Buffer.from('exactly these bytes');
  const made = async (options: Partial<PresignedPostOptions> = {}) => {
    const { url, fields } = await createPresignedPost(client, {
      ...{ Bucket, Key: 'posted/1', Expires: 60, Fields: { 'Content-Type': 'image/png' } },
      Conditions: [
        ['content-length-range', 1, CONTENT.length],
        ['eq', '$Content-Type', 'image/png'],
      ],
      ...options,
    });
    return { url, fields: Object.entries(fields).map(([name, value]) => ({ name, value })) };
  };
  const PASSES = '204';
  const BROKEN = '403 AccessDenied';

  it('stores what it was made for', async () => {
    expect(await post(await made(), CONTENT)).toBe(PASSES);
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'posted/1' }));
    expect([head.ContentLength, head.ContentType]).toEqual([CONTENT.length, 'image/png']);
  });

  it('stores nothing else', async () => {
    const form = await made();
    expect(await post(form, Buffer.concat([CONTENT, CONTENT]))).toBe('400 EntityTooLarge');
    expect(await post(form, Buffer.alloc(0))).toBe('400 EntityTooSmall');
    expect(await post(form, CONTENT, { key: 'posted/2' })).toBe(BROKEN);
    expect(await post(form, CONTENT, { 'Content-Type': 'image/svg+xml' })).toBe(BROKEN);
    expect(await post(form, CONTENT, { acl: 'public-read' })).toBe(BROKEN);
    expect(await post(form, CONTENT, { 'x-ignore-me': 'yes' })).toBe(PASSES);
    expect(await post(form, CONTENT, { 'X-Amz-Signature': 'a'.repeat(64) })).toBe('403 SignatureDoesNotMatch');
    expect(await post(form, CONTENT, { Policy: Buffer.from('{}').toString('base64') })).toBe(
      '403 SignatureDoesNotMatch',
    );
    expect(await post(form, CONTENT, { 'X-Amz-Credential': `AKIDX/20261121/${region}/s3/aws4_request` })).toBe(
      '403 InvalidAccessKeyId',
    );
    for (const name of ['Policy', 'X-Amz-Signature', 'X-Amz-Date', 'key'])
      expect([name, await post(form, CONTENT, { [name]: null })]).toEqual([name, BROKEN]);
    const others = { ...form, url: form.url.replace(Bucket, 'others') };
    expect(await post(others, CONTENT)).toBe('404 NoSuchBucket');
    expect(await codeOf(client.send(new GetObjectCommand({ Bucket, Key: 'posted/2' })))).toBe('NoSuchKey');
  });

  it('is good until it ends', async () => {
    expect(await post(await made({ Expires: -1 }), CONTENT)).toBe(BROKEN);
  });

  it('may leave a name open from where it begins', async () => {
    const open = await made({
      Key: 'posted/mine/x',
      Fields: {},
      Conditions: [['starts-with', '$Content-Type', 'image/']],
    });
    expect(await post(open, CONTENT, { 'Content-Type': 'image/gif' })).toBe(PASSES);
    expect(await post(open, CONTENT, { 'Content-Type': 'text/html' })).toBe(BROKEN);
  });

  it('must have one file, behind its fields', async () => {
    const { url, fields } = await made();
    const send = async (...parts: ((body: FormData) => void)[]) => {
      const body = new FormData();
      for (const add of parts) add(body);
      return (await (await fetch(url, { method: 'POST', body })).text()).match(/<Code>(\w+)/)?.[1];
    };
    const addFields = (body: FormData) => {
      for (const { name, value } of fields) body.append(name, value);
    };
    const addFile = (body: FormData) => {
      body.append('file', new Blob([CONTENT]), 'f.png');
    };
    expect(await send(addFile, addFields)).toBe('AccessDenied');
    expect(await send(addFields)).toBe('InvalidArgument');
    expect(await send(addFields, addFile, addFile)).toBe('InvalidArgument');
    const response = await fetch(url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    expect(await response.text()).toContain('<Code>MalformedPOSTRequest</Code>');
  });
});

it('keeps its objects on disk for the next start, if it is told where', async () => {
  const objectsDirectory = await mkdtemp(join(tmpdir(), 'emulator-objects-'));
  const first = await startShopEmulator({ objectsDirectory });
  const at = ({ url }: RunningEmulator) => clientOf({ endpoint: `${url}/storage` });
  await put('images/kept', 'kept\nas it was', at(first));
  await put('images/gone', 'x', at(first));
  await at(first).send(new DeleteObjectCommand({ Bucket, Key: 'images/gone' }));
  await first.close();
  expect(await readdir(objectsDirectory)).toHaveLength(1);
  const second = await startShopEmulator({ objectsDirectory });
  const { Body, ContentType } = await at(second).send(new GetObjectCommand({ Bucket, Key: 'images/kept' }));
  expect([await Body!.transformToString(), ContentType]).toEqual(['kept\nas it was', 'text/plain']);
  await second.close();
  await rm(objectsDirectory, { recursive: true });
});
