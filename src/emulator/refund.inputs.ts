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
