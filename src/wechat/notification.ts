import { Injectable } from '@nestjs/common';
import { ChannelKeys } from './channel.keys.js';
import { Credentials } from './credentials.js';
import { decryptResource, type ReceivedHeaders, SignatureRejected } from './crypto.js';
import { Malformed, parseJson, readEncrypted, Reader } from './reader.js';
import { type ChannelRefund, Foreign, readRefund, readTrade, refuseForeign, type Trade } from './trade.js';

export type NotificationFault = 'BAD_SIGNATURE' | 'STALE' | 'FOREIGN' | 'MALFORMED';

/** Not a notification for us: answer 4xx and do nothing. The channel repeats those that were meant for us. */
export class NotificationRejected extends Error {
  override readonly name = 'NotificationRejected';

  constructor(
    readonly reason: NotificationFault,
    cause: Error,
  ) {
    super(`the notification is rejected: ${reason}, ${cause.message}`, { cause });
  }
}

interface Envelope {
  /** The same in every repetition: what an inbox is unique by. */
  readonly id: string;
  readonly createdAt: Date;
  readonly eventType: string;
}

export type Notification = Envelope &
  (
    | { readonly kind: 'TRADE'; readonly trade: Trade }
    | { readonly kind: 'REFUND'; readonly refund: ChannelRefund }
    | { readonly kind: 'OTHER'; readonly resource: unknown }
  );

@Injectable()
export class NotificationReader {
  constructor(
    private readonly credentials: Credentials,
    private readonly keys: ChannelKeys,
  ) {}

  /**
   * What the channel tells us, verified and decrypted. It may be late, repeated or out of order.
   *
   * @param rawBody the bytes as received, before any JSON parser
   * @throws NotificationRejected
   */
  async read(headers: ReceivedHeaders, rawBody: Buffer): Promise<Notification> {
    try {
      await this.keys.verify(headers, rawBody);
      return this.open(Reader.ofJson(rawBody));
    } catch (error) {
      throw rejectionOf(error);
    }
  }

  private open(body: Reader): Notification {
    const envelope = {
      id: body.text('id'),
      createdAt: body.instant('create_time'),
      eventType: body.text('event_type'),
    };
    const resource = body.object('resource');
    const plain = readEncrypted(resource, (encrypted) => decryptResource(this.credentials.apiV3Key, encrypted));
    const fields = Reader.ofJson(plain);

    // Other products use these event types too; only the original type says what was encrypted.
    switch (resource.text('original_type')) {
      case 'transaction':
        return { ...envelope, kind: 'TRADE', trade: readTrade(fields, this.credentials) };
      case 'refund':
        refuseForeign(fields.text('mchid'), this.credentials.mchId, 'mchid');
        return { ...envelope, kind: 'REFUND', refund: readRefund(fields, 'refund_status') };
      default:
        this.refuseForeignOther(fields);
        return { ...envelope, kind: 'OTHER', resource: parseJson(plain) };
    }
  }

  /** Products disagree on how to spell the merchant, and some leave out the app. */
  private refuseForeignOther(fields: Reader): void {
    refuseForeign(fields.textOrNull('mchid'), this.credentials.mchId, 'mchid');
    refuseForeign(fields.textOrNull('mch_id'), this.credentials.mchId, 'mch_id');
    refuseForeign(fields.textOrNull('appid'), this.credentials.appId, 'appid');
  }
}

function rejectionOf(error: unknown): unknown {
  if (error instanceof SignatureRejected) {
    return new NotificationRejected(error.fault === 'STALE' ? 'STALE' : 'BAD_SIGNATURE', error);
  }
  if (error instanceof Foreign) return new NotificationRejected('FOREIGN', error);
  if (error instanceof Malformed) return new NotificationRejected('MALFORMED', error);
  return error;
}
