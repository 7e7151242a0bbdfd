import { REMEDY_TYPES, type RemedyType } from './books.js';
import type { SigningKey } from './crypto.js';
import { badBody } from './errors.js';
import type { Fields } from './fields.js';
import { readCurrency } from './pay.inputs.js';

const OUT_REFUND_NO = { max: 64, pattern: /^[0-9A-Za-z_\-|*@]+$/ };

/** What a refund call asks for, after every field was checked. At least one of the two ways to name the payment is there. */
export interface RefundTerms {
  readonly outRefundNo: string;
  readonly transactionId: string | undefined;
  readonly outTradeNo: string | undefined;
  readonly amountMinor: number;
  readonly totalMinor: number;
  readonly currency: string;
  readonly notifyUrl: string | undefined;
  readonly request: Readonly<Record<string, unknown>>;
}

/** Where the money of an abnormal refund is to go instead. */
export interface RemedyTerms {
  readonly outRefundNo: string;
  readonly type: RemedyType;
}

/**
 * The merchant's own account is known; a user's card is named by its bank, its number and its holder
 * (pay.weixin.qq.com/docs/merchant/apis/refund/refunds/create-abnormal-refund.html).
 *
 * @param keyOf gives the key that the encrypted fields were encrypted for, or throws what is wrong with the request's header
 * @throws PayError PARAM_ERROR with the first bad field; one that does not decrypt is bad
 */
export function readRemedy(body: Fields, keyOf: () => SigningKey): RemedyTerms {
  const outRefundNo = body.text('out_refund_no', OUT_REFUND_NO);
  const type = body.choice('type', REMEDY_TYPES);
  if (type === 'USER_BANK_CARD') {
    const key = keyOf();
    body.text('bank_type', { max: 16 });
    readSealed(body, 'bank_account', key, /^\d{8,32}$/);
    readSealed(body, 'real_name', key, /^\S.{0,99}$/);
  } else {
    body.maybe('bank_type', (name) => body.text(name, { max: 16 }));
  }
  return { outRefundNo, type };
}

/** Personal: it is checked and not kept, and no message quotes it. */
function readSealed(body: Fields, name: string, key: SigningKey, pattern: RegExp): void {
  const sealed = body.text(name, { max: 1_024 });
  const plain = key.decrypt(sealed);
  if (plain === undefined)
    throw badBody(`/${name}`, sealed, 'is not encrypted for the key that Wechatpay-Serial names');
  if (!pattern.test(plain)) throw badBody(`/${name}`, sealed, 'is encrypted, but not what it should be');
}

/** @throws PayError PARAM_ERROR with the first bad field */
export function readRefund(body: Fields): RefundTerms {
  const transactionId = body.maybe('transaction_id', (name) => body.text(name, { max: 32 }));
  const outTradeNo = body.maybe('out_trade_no', (name) => body.text(name, { min: 6, max: 32 }));
  if (transactionId === undefined && outTradeNo === undefined) {
    throw badBody('/transaction_id', null, 'is missing, and so is /out_trade_no');
  }
  body.maybe('reason', (name) => body.text(name, { max: 80 }));
  body.maybe('funds_account', (name) => body.choice(name, ['AVAILABLE']));
  body.maybe('goods_detail', (name) => body.list(name));

  const amount = body.object('amount');
  return {
    outRefundNo: body.text('out_refund_no', OUT_REFUND_NO),
    transactionId,
    outTradeNo,
    amountMinor: amount.integer('refund', { min: 1 }),
    totalMinor: amount.integer('total', { min: 1 }),
    currency: readCurrency(amount),
    notifyUrl: body.maybe('notify_url', (name) => body.notifyUrl(name)),
    request: body.values,
  };
}
