import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent } from 'undici';
import { Config } from '#common';
import { ChannelError, type Exchange } from './channel.error.js';
import type { ReceivedHeaders } from './crypto.js';
import { Malformed, Reader } from './reader.js';

const CONNECTIONS_PER_HOST_MAX = 64;
/** The largest reply we read; what we ask for is at most a few kilobytes. */
const REPLY_BYTES_MAX = 1_048_576;
/** How long a file may take to arrive, as long as something of it does. */
const DOWNLOAD_MILLISECONDS_MAX = 600_000;

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** The very text that was signed. */
  readonly body?: string;
}

export interface HttpReply extends Exchange {
  readonly httpStatus: number;
  readonly headers: ReceivedHeaders;
  readonly body: Buffer;
}

/** Bytes to WeChat and back, over connections that are kept alive per host. Redirects are not followed: they would carry our secrets along. */
@Injectable()
export class HttpTransport implements OnApplicationShutdown {
  private readonly timeoutMilliseconds: number;
  private readonly agent: Agent;
  /** For files, which are larger than replies; whoever reads them counts. */
  private readonly files: Agent;

  constructor(config: Config) {
    this.timeoutMilliseconds = config.WECHAT_TIMEOUT_MILLISECONDS;
    this.agent = new Agent({
      connections: CONNECTIONS_PER_HOST_MAX,
      connect: { timeout: this.timeoutMilliseconds },
      maxResponseSize: REPLY_BYTES_MAX,
    });
    const patience = { headersTimeout: this.timeoutMilliseconds, bodyTimeout: this.timeoutMilliseconds };
    this.files = new Agent({ connections: 2, connect: { timeout: this.timeoutMilliseconds }, ...patience });
  }

  /**
   * The whole reply, whatever its status. One deadline covers waiting for a connection, connecting, headers and body.
   *
   * @throws ChannelError TIMEOUT or NETWORK; the request may have arrived all the same
   */
  async send({ method, url, headers, body }: HttpRequest): Promise<HttpReply> {
    const call = `${method} ${url.pathname}`;
    const deadline = AbortSignal.timeout(this.timeoutMilliseconds);
    try {
      const path = pathAndQuery(url);
      const reply = await this.agent.request({ origin: url.origin, path, method, headers, body, signal: deadline });
      return {
        call,
        httpStatus: reply.statusCode,
        requestId: [reply.headers['request-id']].flat()[0] ?? null,
        headers: reply.headers,
        body: Buffer.from(await reply.body.arrayBuffer()),
      };
    } catch (cause) {
      const code = deadline.aborted ? 'TIMEOUT' : 'NETWORK';
      throw new ChannelError({ call, httpStatus: null, requestId: null }, { code, outcome: 'UNKNOWN', cause });
    }
  }

  /**
   * The bytes of a file, as they arrive and as far as they are read.
   *
   * @throws ChannelError TIMEOUT, NETWORK, or DOWNLOAD_REFUSED if the answer is not 200
   */
  async *download({ method, url, headers }: HttpRequest): AsyncGenerator<Buffer> {
    const call = `${method} ${url.pathname}`;
    const deadline = AbortSignal.timeout(DOWNLOAD_MILLISECONDS_MAX);
    let httpStatus: number | null = null;
    try {
      const request = { origin: url.origin, path: pathAndQuery(url), method, headers, signal: deadline };
      const reply = await this.files.request(request);
      httpStatus = reply.statusCode;
      if (httpStatus !== 200) {
        await reply.body.dump();
        throw new ChannelError({ call, httpStatus, requestId: null }, { code: 'DOWNLOAD_REFUSED', outcome: 'UNKNOWN' });
      }
      for await (const chunk of reply.body) yield chunk as Buffer;
    } catch (cause) {
      if (cause instanceof ChannelError) throw cause;
      const code = deadline.aborted ? 'TIMEOUT' : 'NETWORK';
      throw new ChannelError({ call, httpStatus, requestId: null }, { code, outcome: 'UNKNOWN', cause });
    }
  }

  /** Last of all, because requests that are still being served may need an answer from WeChat. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.agent.close(), this.files.close()]);
  }
}

/** The base may have a path of its own, so that a gateway can stand in between. */
export function addressOf(base: string, path: string): URL {
  return new URL(base.replace(/\/+$/, '') + path);
}

export function pathAndQuery(url: URL): string {
  return url.pathname + url.search;
}

/**
 * What `read` makes of a JSON reply.
 *
 * @throws ChannelError BAD_REPLY naming the field that is missing or wrong; the channel did answer, so it may have acted
 */
export function readReply<T>(reply: HttpReply, read: (fields: Reader) => T): T {
  try {
    return read(Reader.ofJson(reply.body));
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause;
    throw new ChannelError(reply, { code: 'BAD_REPLY', outcome: 'UNKNOWN', detail: cause.message, cause });
  }
}

/** Why the channel says no: its code in upper case and without underscores, and a message for people. */
export function readFailure(reply: Reader): { code: string; message: string | null } {
  return { code: reply.text('code').replaceAll('_', '').toUpperCase(), message: reply.textOrNull('message') };
}
