import { Injectable } from '@nestjs/common';
import { Config, MachineClock, secondsAfter } from '#common';
import { refusalCode } from './channel.error.js';
import { CHINA_OFFSET_SECONDS } from './china-time.js';
import { ChannelKeys } from './channel.keys.js';
import { Credentials } from './credentials.js';
import { newNonce, paySign, type PaySignature } from './crypto.js';
import { PayHttp } from './pay.http.js';
import { Malformed, type Reader } from './reader.js';
import { type RefundDestination, sealDestination } from './refund.destination.js';
import { type ChannelRefund, readRefund, readTrade, type Trade } from './trade.js';

const REFUNDS = '/v3/refund/domestic/refunds';
const DESCRIPTION_CHARACTERS_MAX = 127;
const REASON_BYTES_MAX = 80;

const UNKNOWN_NUMBER: ReadonlySet<string | null> = new Set(['ORDERNOTEXIST', 'RESOURCENOTEXISTS']);

export type CloseResult = 'CLOSED' | 'PAID' | 'UNKNOWN_ORDER';

const CLOSE_REFUSALS: ReadonlyMap<string | null, CloseResult> = new Map([
  ['ORDERCLOSED', 'CLOSED'],
  ['ORDERPAID', 'PAID'],
  ['ORDERNOTEXIST', 'UNKNOWN_ORDER'],
]);

export interface PrepayOrder {
  /** Ours, fixed for all retries: 6 to 32 characters of `0-9A-Za-z_-|*`. */
  readonly outTradeNo: string;
  /** Shown in the payer's bill; cut to 127 characters. */
  readonly description: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly openid: string;
  /** To the second, rounded down. The channel moves an end that is less than a minute away. */
  readonly expiresAt: Date;
  readonly notifyPath: string;
}

export interface RefundRequest {
  /** Ours, fixed for all retries: at most 64 characters of `0-9A-Za-z_-|*@`. */
  readonly outRefundNo: string;
  readonly transactionId: string;
  /** Shown to the payer; cut to 80 bytes, which are 26 Chinese characters. */
  readonly reason: string;
  readonly refundMinor: number;
  /** What the whole payment was, not what is left of it. */
  readonly totalMinor: number;
  readonly currency: string;
  readonly notifyPath: string;
}

/**
 * Our merchant account at WeChat Pay. Every method that waits throws ChannelError; after the outcome UNKNOWN the same
 * call with the same number is safe, because the channel acts once per number.
 */
@Injectable()
export class PayClient {
  constructor(
    private readonly config: Config,
    private readonly credentials: Credentials,
    private readonly clock: MachineClock,
    private readonly http: PayHttp,
    private readonly keys: ChannelKeys,
  ) {}

  /** An id, valid for two hours, under which the payer can pay. The same order asked again gives an id again; a changed one is refused. */
  prepay(order: PrepayOrder): Promise<{ prepayId: string }> {
    const body = {
      appid: this.credentials.appId,
      mchid: this.credentials.mchId,
      description: Array.from(order.description).slice(0, DESCRIPTION_CHARACTERS_MAX).join(''),
      out_trade_no: order.outTradeNo,
      time_expire: chinaTime(order.expiresAt),
      notify_url: this.notifyUrl(order.notifyPath),
      amount: { total: order.amountMinor, currency: order.currency },
      payer: { openid: order.openid },
    };
    const request = { method: 'POST', path: '/v3/pay/transactions/jsapi', body } as const;
    return this.http.call(request, (reply) => ({ prepayId: reply.text('prepay_id') }));
  }

  /** What the mini-program passes to `wx.requestPayment`. */
  signForClient(prepayId: string): PaySignature {
    const { privateKey, appId } = this.credentials;
    return paySign(privateKey, appId, prepayId, newNonce(), this.clock.now());
  }

  /** The payment as it stands, or null when the channel does not know the number. */
  query(outTradeNo: string): Promise<Trade | null> {
    const path = `${tradePath(outTradeNo)}?mchid=${encodeURIComponent(this.credentials.mchId)}`;
    return orNullIfUnknown(
      this.http.call({ method: 'GET', path }, (reply) => {
        const trade = readTrade(reply, this.credentials);
        return sameNumber(trade, trade.outTradeNo, outTradeNo);
      }),
    );
  }

  /** The payment that has this number of the channel's, or null when the channel does not know it. One of ours can have two, if it charged twice. */
  queryTransaction(transactionId: string): Promise<Trade | null> {
    const mchId = encodeURIComponent(this.credentials.mchId);
    const path = `/v3/pay/transactions/id/${encodeURIComponent(transactionId)}?mchid=${mchId}`;
    return orNullIfUnknown(
      this.http.call({ method: 'GET', path }, (reply) => {
        const trade = readTrade(reply, this.credentials);
        return sameNumber(trade, trade.transactionId ?? '', transactionId);
      }),
    );
  }

  /**
   * Makes sure that nobody can pay this any more, and says whether somebody did.
   * `UNKNOWN_ORDER`: the channel never heard of it, or not yet; an earlier `prepay` with an unknown outcome may still arrive.
   */
  async close(outTradeNo: string): Promise<CloseResult> {
    const path = `${tradePath(outTradeNo)}/close`;
    try {
      await this.http.command({ method: 'POST', path, body: { mchid: this.credentials.mchId } });
      return 'CLOSED';
    } catch (error) {
      const result = CLOSE_REFUSALS.get(refusalCode(error));
      if (!result) throw error;
      return result;
    }
  }

  /** A refund that the channel accepted, which is not yet one that it paid: see its status. */
  refund(request: RefundRequest): Promise<ChannelRefund> {
    const body = {
      transaction_id: request.transactionId,
      out_refund_no: request.outRefundNo,
      reason: firstBytes(request.reason, REASON_BYTES_MAX),
      notify_url: this.notifyUrl(request.notifyPath),
      amount: { refund: request.refundMinor, total: request.totalMinor, currency: request.currency },
    };
    return this.http.call({ method: 'POST', path: REFUNDS, body }, refundNumbered(request.outRefundNo));
  }

  /** The refund as it stands, or null when the channel does not know the number. */
  queryRefund(outRefundNo: string): Promise<ChannelRefund | null> {
    const path = `${REFUNDS}/${encodeURIComponent(outRefundNo)}`;
    return orNullIfUnknown(this.http.call({ method: 'GET', path }, refundNumbered(outRefundNo)));
  }

  /**
   * Sends the money of a refund that is ABNORMAL to another account, and gives the refund as it then stands: PROCESSING.
   * This call names no number of its own: after the outcome UNKNOWN, and before any second attempt, ask `queryRefund`.
   * The channel refuses it with INVALIDREQUEST when the refund is not ABNORMAL, or is no longer.
   */
  async applyAbnormalRefund(
    refundId: string,
    outRefundNo: string,
    destination: RefundDestination,
  ): Promise<ChannelRefund> {
    const path = `${REFUNDS}/${encodeURIComponent(refundId)}/apply-abnormal-refund`;
    const { fields, encryptedFor } = await sealDestination(destination, () => this.keys.forEncryption());
    const body = { out_refund_no: outRefundNo, ...fields };
    return this.http.call({ method: 'POST', path, body, encryptedFor }, refundNumbered(outRefundNo));
  }

  private notifyUrl(path: string): string {
    return this.config.PUBLIC_URL.replace(/\/+$/, '') + path;
  }
}

function tradePath(outTradeNo: string): string {
  return `/v3/pay/transactions/out-trade-no/${encodeURIComponent(outTradeNo)}`;
}

function refundNumbered(outRefundNo: string): (reply: Reader) => ChannelRefund {
  return (reply) => {
    const refund = readRefund(reply, 'status');
    return sameNumber(refund, refund.outRefundNo, outRefundNo);
  };
}

/** A signed answer to another question is still the wrong answer. */
function sameNumber<T>(answer: T, number: string, asked: string): T {
  if (number !== asked) throw new Malformed('the number is not the one we asked for');
  return answer;
}

async function orNullIfUnknown<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (UNKNOWN_NUMBER.has(refusalCode(error))) return null;
    throw error;
  }
}

/** RFC 3339 with China's offset, in which the channel's own examples are written. China has no daylight saving time. */
function chinaTime(instant: Date): string {
  return `${secondsAfter(instant, CHINA_OFFSET_SECONDS).toISOString().slice(0, 19)}+08:00`;
}

/** The longest start of the text that fits, in whole characters: a streaming decoder holds back one that is cut. */
function firstBytes(text: string, bytesMax: number): string {
  return new TextDecoder().decode(Buffer.from(text, 'utf8').subarray(0, bytesMax), { stream: true });
}
