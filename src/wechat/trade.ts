import { Malformed, type Reader } from './reader.js';

const TRADE_STATES = ['SUCCESS', 'REFUND', 'NOTPAY', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR'] as const;
const REFUND_STATUSES = ['SUCCESS', 'CLOSED', 'PROCESSING', 'ABNORMAL'] as const;

/** A payment as the channel knows it. One that was paid (`SUCCESS`, or `REFUND` once money went back) has a transaction id and an amount. */
export interface Trade {
  readonly outTradeNo: string;
  readonly transactionId: string | null;
  readonly state: (typeof TRADE_STATES)[number];
  /** Channel time: it decides whether a payment was late. */
  readonly succeededAt: Date | null;
  /** What the order costs, coupons included; not what the payer's card was charged. */
  readonly amountMinor: number | null;
  readonly currency: string | null;
  readonly payerOpenid: string | null;
}

/** A refund as the channel knows it. Only `SUCCESS` means that the money went back. */
export interface ChannelRefund {
  readonly outRefundNo: string;
  readonly refundId: string;
  readonly transactionId: string;
  readonly outTradeNo: string;
  readonly status: (typeof REFUND_STATUSES)[number];
  readonly succeededAt: Date | null;
  readonly refundMinor: number;
  readonly totalMinor: number;
  readonly currency: string | null;
}

/** Us, as the channel writes us into what belongs to us. */
export interface Owner {
  readonly mchId: string;
  readonly appId: string;
}

/** Another merchant's, or another app's. */
export class Foreign extends Malformed {
  override readonly name = 'Foreign';
}

/**
 * @throws Foreign when the trade is not ours
 * @throws Malformed when a field is missing or wrong
 */
export function readTrade(fields: Reader, owner: Owner): Trade {
  refuseForeign(fields.text('mchid'), owner.mchId, 'mchid');
  refuseForeign(fields.text('appid'), owner.appId, 'appid');

  const state = fields.oneOf('trade_state', TRADE_STATES);
  const isPaid = state === 'SUCCESS' || state === 'REFUND';
  const amount = isPaid ? fields.object('amount') : fields.objectOrNull('amount');
  return {
    outTradeNo: fields.text('out_trade_no'),
    transactionId: isPaid ? fields.text('transaction_id') : fields.textOrNull('transaction_id'),
    state,
    succeededAt: state === 'SUCCESS' ? fields.instant('success_time') : fields.instantOrNull('success_time'),
    amountMinor: amount?.minor('total') ?? null,
    currency: amount?.textOrNull('currency') ?? null,
    payerOpenid: fields.objectOrNull('payer')?.textOrNull('openid') ?? null,
  };
}

/**
 * @param statusField `status` in a reply, `refund_status` in a notification
 * @throws Malformed when a field is missing or wrong
 */
export function readRefund(fields: Reader, statusField: 'status' | 'refund_status'): ChannelRefund {
  const amount = fields.object('amount');
  const status = fields.oneOf(statusField, REFUND_STATUSES);
  return {
    outRefundNo: fields.text('out_refund_no'),
    refundId: fields.text('refund_id'),
    transactionId: fields.text('transaction_id'),
    outTradeNo: fields.text('out_trade_no'),
    status,
    succeededAt: fields.instantOrNull('success_time'),
    refundMinor: amount.minor('refund'),
    totalMinor: amount.minor('total'),
    currency: amount.textOrNull('currency'),
  };
}

/** @throws Foreign when the name is there and is not ours */
export function refuseForeign(name: string | null, ours: string, field: string): void {
  if (name !== null && name !== ours) throw new Foreign(`${field} is not ours`);
}
