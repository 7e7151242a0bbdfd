import { Injectable } from '@nestjs/common';
import { Config, MachineClock } from '#common';
import { Credentials } from './credentials.js';
import { buildAuthorization, newNonce, unixSeconds } from './crypto.js';
import { addressOf, type HttpReply, type HttpRequest, HttpTransport, pathAndQuery } from './http.js';

export interface PayRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  /** The name of the channel's key with which fields of the body are encrypted, if any are. */
  readonly encryptedFor?: string;
}

/** Requests to Pay v3, signed by us. What comes back is not verified yet. */
@Injectable()
export class PayTransport {
  constructor(
    private readonly config: Config,
    private readonly credentials: Credentials,
    private readonly clock: MachineClock,
    private readonly transport: HttpTransport,
  ) {}

  /** @throws ChannelError TIMEOUT or NETWORK */
  send(request: PayRequest): Promise<HttpReply> {
    return this.transport.send(this.#signed(request));
  }

  /**
   * The bytes of a file as they arrive.
   *
   * @throws ChannelError TIMEOUT, NETWORK or DOWNLOAD_REFUSED, while it is read too
   */
  download(path: string): AsyncIterable<Buffer> {
    return this.transport.download(this.#signed({ method: 'GET', path }));
  }

  #signed({ method, path, body, encryptedFor }: PayRequest): HttpRequest {
    const url = addressOf(this.config.WECHAT_PAY_URL, path);
    // Written once: the text that is signed is the text that is sent.
    const text = body && JSON.stringify(body);
    const authorization = buildAuthorization(this.credentials, {
      method,
      pathAndQuery: pathAndQuery(url),
      timestampSeconds: unixSeconds(this.clock.now()),
      nonce: newNonce(),
      body: text ?? '',
    });
    // In public-key mode every request asks for replies under that key; a certificate is named only where it was used.
    const serial = encryptedFor ?? this.credentials.requestedKeyId;
    const headers = {
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'haotuan',
      ...(serial !== null && { 'wechatpay-serial': serial }),
      authorization,
    };
    return { method, url, headers, body: text };
  }
}
