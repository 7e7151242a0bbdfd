import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Config, MachineClock } from '#common';
import { readListing } from './listing.js';
import {
  type ListedObject,
  type NewObject,
  type ObjectHead,
  ObjectStorage,
  StorageError,
  type UploadForm,
  type UploadPromise,
} from './object-storage.js';
import { policyFields } from './post-policy.js';
import { S3Http } from './s3.http.js';
import { signedUrl } from './signature.js';

/** Room for a thousand keys and what is told of each. */
const LISTING_BYTES_MAX = 4_194_304;

/** Any storage that speaks S3: AWS, MinIO, and the S3 addresses of COS and OSS. */
@Injectable()
export class S3Storage extends ObjectStorage implements OnApplicationShutdown {
  readonly #http: S3Http;
  readonly #bucket: string;

  constructor(config: Config, machine: MachineClock) {
    super();
    this.#http = new S3Http(config, machine);
    this.#bucket = config.S3_BUCKET;
  }

  override presignPost(promise: UploadPromise): UploadForm {
    return { url: this.#http.bucketUrl, fields: policyFields(this.#http.signer, this.#bucket, promise) };
  }

  override presignGet(key: string, startsAt: Date, seconds: number): string {
    return signedUrl(this.#http.signer, new URL(`${this.#http.bucketUrl}/${key}`), startsAt, seconds);
  }

  override async head(key: string): Promise<ObjectHead | null> {
    const reply = await this.#http.send({ method: 'HEAD', key });
    if (!reply) return null;
    const { 'content-length': length, 'content-type': type } = reply.headers;
    return { sizeBytes: Number(length), contentType: String(type) };
  }

  override async read(key: string, bytesMax: number): Promise<Buffer | null> {
    const reply = await this.#http.send({ method: 'GET', key }, bytesMax);
    return reply && reply.body;
  }

  override async put({ key, body, contentType, cacheControl }: NewObject): Promise<void> {
    const headers = { 'content-type': contentType, 'cache-control': cacheControl };
    const reply = await this.#http.send({ method: 'PUT', key, headers, body });
    if (!reply) throw new StorageError(`PUT ${key}`, 'NOT_FOUND', 404);
  }

  override async remove(key: string): Promise<void> {
    await this.#http.send({ method: 'DELETE', key });
  }

  override async *list(prefix: string): AsyncGenerator<readonly ListedObject[]> {
    let next: string | null = null;
    do {
      const query = { 'list-type': '2', 'encoding-type': 'url', prefix, ...(next && { 'continuation-token': next }) };
      const reply = await this.#http.send({ method: 'GET', query }, LISTING_BYTES_MAX);
      if (!reply) throw new StorageError('GET the list', 'NOT_FOUND', 404);
      const page = readListing(reply.body.toString());
      yield page.objects;
      next = page.next;
    } while (next !== null);
  }

  /** Last of all, because jobs that are still running may need it. */
  async onApplicationShutdown(): Promise<void> {
    await this.#http.close();
  }
}
