import { Injectable } from '@nestjs/common';
import { badSignature, ChannelError } from './channel.error.js';
import { ChannelKeys } from './channel.keys.js';
import { isSigned, SignatureRejected } from './crypto.js';
import { type HttpReply, readFailure, readReply } from './http.js';
import { type PayRequest, PayTransport } from './pay.transport.js';
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
  'NOSTATEMENTEXIST',
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
  'STATEMENTCREATING',
  'TRADEERROR',
  'USERACCOUNTABNORMAL',
]);

/** Requests to Pay v3: ours signed, its replies verified. */
@Injectable()
export class PayHttp {
  constructor(
    private readonly transport: PayTransport,
    private readonly keys: ChannelKeys,
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
    const reply = await this.transport.send(request);
    const isSuccess = reply.httpStatus === 200 || reply.httpStatus === 204;

    // A gateway's error page carries no signature. It is believed as a failure and as nothing else; a success must be signed.
    const isVerified = isSuccess || isSigned(reply.headers);
    if (isVerified) await this.verify(reply);
    if (isSuccess) return reply;

    const { code, message } = readReply(reply, readFailure);
    const isRefusal = REFUSALS.has(code) || reply.httpStatus === 429;
    throw new ChannelError(reply, { code, outcome: isVerified && isRefusal ? 'REFUSED' : 'UNKNOWN', detail: message });
  }

  private async verify(reply: HttpReply): Promise<void> {
    try {
      await this.keys.verify(reply.headers, reply.body);
    } catch (cause) {
      throw cause instanceof SignatureRejected ? badSignature(reply, cause) : cause;
    }
  }
}
