import { Injectable } from '@nestjs/common';
import { Config, MachineClock } from '#common';
import { ChannelError } from './channel.error.js';
import { Credentials } from './credentials.js';
import { buildAuthorization, isSigned, newNonce, SignatureRejected, unixSeconds, verifySignature } from './crypto.js';
import { addressOf, type HttpReply, HttpTransport, pathAndQuery, readReply } from './http.js';
import type { Reader } from './reader.js';

/**
 * The codes by which the channel says that it did nothing. A code that is not here may be new and mean anything,
 * so its outcome is unknown until a query tells.
 */
const REFUSALS: ReadonlySet<string> = new Set([
  'ACCOUNTERROR',
  'APPIDMCHIDNOTMATCH',
  'FREQUENCYLIMITED',
  'INVALIDREQUEST',
  'INVALIDTRANSACTIONID',
  'MCHNOTEXISTS',
  'NOAUTH',
  'NOTENOUGH',
  'OPENIDMISMATCH',
  'ORDERCLOSED',
  'ORDERNOTEXIST',
  'ORDERPAID',
  'OUTTRADENOUSED',
  'PARAMERROR',
  'RATELIMITEXCEEDED',
  'REQUESTBLOCKED',
  'RESOURCENOTEXISTS',
  'RULELIMIT',
  'SIGNERROR',
  'TRADEERROR',
  'USERACCOUNTABNORMAL',
]);

export interface PayRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
}

/** Requests to Pay v3: ours signed, its replies verified. */
@Injectable()
export class PayHttp {
  constructor(
    private readonly config: Config,
    private readonly credentials: Credentials,
    private readonly clock: MachineClock,
    private readonly transport: HttpTransport,
  ) {}

  /**
   * What `read` makes of a verified reply of 200.
   *
   * @throws ChannelError, with outcome REFUSED only when the channel itself signed a refusal that we know
   */
  async call<T>(request: PayRequest, read: (reply: Reader) => T): Promise<T> {
    const reply = await this.succeed(request);
    return readReply(reply, read);
  }

  /** As `call`, for what the channel answers with 204 and no body. */
  async command(request: PayRequest): Promise<void> {
    await this.succeed(request);
  }

  private async succeed(request: PayRequest): Promise<HttpReply> {
    const reply = await this.send(request);
    const isSuccess = reply.httpStatus === 200 || reply.httpStatus === 204;

    // A gateway's error page carries no signature. It is believed as a failure and as nothing else; a success must be signed.
    const isVerified = isSuccess || isSigned(reply.headers);
    if (isVerified) this.verify(reply);
    if (isSuccess) return reply;

    const { code, message } = readReply(reply, readFailure);
    const isRefusal = REFUSALS.has(code) || reply.httpStatus === 429;
    throw new ChannelError(reply, { code, outcome: isVerified && isRefusal ? 'REFUSED' : 'UNKNOWN', detail: message });
  }

  private send({ method, path, body }: PayRequest): Promise<HttpReply> {
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
    const headers = {
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'haotuan',
      'wechatpay-serial': this.credentials.channelKeyId,
      authorization,
    };
    return this.transport.send({ method, url, headers, body: text });
  }

  private verify(reply: HttpReply): void {
    try {
      verifySignature(this.credentials.channelKeys, reply.headers, reply.body, this.clock.now());
    } catch (cause) {
      if (!(cause instanceof SignatureRejected)) throw cause;
      throw new ChannelError(reply, { code: 'BAD_SIGNATURE', outcome: 'UNKNOWN', detail: cause.fault, cause });
    }
  }
}

function readFailure(reply: Reader): { code: string; message: string | null } {
  return { code: reply.text('code').replaceAll('_', '').toUpperCase(), message: reply.textOrNull('message') };
}
