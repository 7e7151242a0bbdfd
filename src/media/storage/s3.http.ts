import { Agent, type Dispatcher } from 'undici';
import type { Config, MachineClock } from '#common';
import { readErrorCode } from './listing.js';
import { StorageError } from './object-storage.js';
import { type Signer, signedHeaders, signerOf } from './signature.js';

const CONNECTIONS_MAX = 16;
const ERROR_BYTES_MAX = 65_536;

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** Empty for the bucket itself. */
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

export interface S3Reply {
  readonly headers: Dispatcher.ResponseData['headers'];
  readonly body: Buffer;
}

/** Signed requests to one bucket, over connections that are kept alive. Redirects are not followed. */
export class S3Http {
  readonly signer: Signer;
  /** The bucket's own address. */
  readonly bucketUrl: string;
  readonly #timeoutMilliseconds: number;
  readonly #agent: Agent;

  constructor(
    config: Config,
    private readonly machine: MachineClock,
  ) {
    this.signer = signerOf(config.S3_ACCESS_KEY_ID, config.S3_SECRET_ACCESS_KEY, config.S3_REGION);
    this.bucketUrl = bucketUrlOf(config);
    this.#timeoutMilliseconds = config.S3_TIMEOUT_MILLISECONDS;
    this.#agent = new Agent({ connections: CONNECTIONS_MAX, connect: { timeout: this.#timeoutMilliseconds } });
  }

  /**
   * A good reply, its body cut after `bytesMax`; null if there is no such object. One deadline covers all of it.
   *
   * @throws StorageError
   */
  async send(
    { method, key = '', query = {}, headers = {}, body }: S3Request,
    bytesMax = ERROR_BYTES_MAX,
  ): Promise<S3Reply | null> {
    const url = new URL(key === '' ? this.bucketUrl : `${this.bucketUrl}/${key}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const call = `${method} ${url.pathname}`;
    const {
      statusCode,
      headers: received,
      body: content,
    } = await this.#exchange(call, { method, url, headers, body }, bytesMax);
    if (statusCode < 300) return { headers: received, body: content };
    const code = method === 'HEAD' ? 'NO_BODY' : readErrorCode(content.toString());
    // Without a body to tell them apart, a HEAD of a missing bucket looks like one of a missing object; what writes finds out.
    if (statusCode === 404 && code !== 'NoSuchBucket') return null;
    throw new StorageError(call, code, statusCode);
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  async #exchange(
    call: string,
    request: { method: S3Request['method']; url: URL; headers: Readonly<Record<string, string>>; body?: Buffer },
    bytesMax: number,
  ): Promise<{ statusCode: number; headers: S3Reply['headers']; body: Buffer }> {
    const { method, url, body } = request;
    const headers = signedHeaders(this.signer, request, this.machine.now());
    const deadline = AbortSignal.timeout(this.#timeoutMilliseconds);
    try {
      const path = url.pathname + url.search;
      const reply = await this.#agent.request({ origin: url.origin, path, method, headers, body, signal: deadline });
      return { statusCode: reply.statusCode, headers: reply.headers, body: await readAtMost(reply.body, bytesMax) };
    } catch (cause) {
      throw new StorageError(call, deadline.aborted ? 'TIMEOUT' : 'NETWORK', null, cause);
    }
  }
}

/** With the bucket in the path, or in front of the host as the large providers want it. */
function bucketUrlOf({ S3_ENDPOINT, S3_BUCKET, S3_PATH_STYLE }: Config): string {
  const endpoint = new URL(S3_ENDPOINT);
  if (S3_PATH_STYLE === 'no') endpoint.host = `${S3_BUCKET}.${endpoint.host}`;
  const base = endpoint.toString().replace(/\/+$/, '');
  return S3_PATH_STYLE === 'yes' ? `${base}/${S3_BUCKET}` : base;
}

async function readAtMost(body: AsyncIterable<Buffer>, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= bytesMax) break; // Leaving the loop ends the connection.
  }
  return Buffer.concat(chunks).subarray(0, bytesMax);
}
