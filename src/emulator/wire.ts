import type { Capture, Refund, Trade, TradeState } from './books.js';
import { rfc3339 } from './clock.js';
import type { Settings } from './options.js';

const STATE_TEXT: Readonly<Record<TradeState, string>> = {
  NOTPAY: '订单未支付',
  SUCCESS: '支付成功',
  REFUND: '订单发生过退款',
  CLOSED: '订单已关闭',
};

/** A trade as the query answers it and the payment notification tells it. */
export function tradeOnWire(shop: Settings, trade: Trade, state: TradeState, capture: Capture | undefined) {
  return {
    appid: shop.appId,
    mchid: shop.mchId,
    out_trade_no: trade.outTradeNo,
    trade_type: 'JSAPI',
    trade_state: state,
    trade_state_desc: STATE_TEXT[state],
    attach: trade.attach,
    payer: { openid: trade.openid },
    promotion_detail: [],
    ...(capture
      ? {
          transaction_id: capture.transactionId,
          bank_type: 'OTHERS',
          success_time: rfc3339(capture.successAtMs),
          amount: {
            total: capture.amountMinor,
            payer_total: capture.amountMinor,
            currency: capture.currency,
            payer_currency: capture.currency,
          },
        }
      : { amount: { total: trade.amountMinor, currency: trade.currency } }),
  };
}

/** Where the money of a refund goes: back the way it came, or to the account that remedied it. */
function destinationOf({ remedy }: Refund) {
  if (remedy === undefined) return { channel: 'ORIGINAL', user_received_account: '支付用户零钱' };
  const account = remedy === 'USER_BANK_CARD' ? '支付用户银行卡' : '商户结算银行账户';
  return { channel: 'OTHER_BANKCARD', user_received_account: account };
}

/** A refund as the refund calls answer it. */
export function refundOnWire(refund: Refund) {
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: refund.transactionId,
    out_trade_no: refund.outTradeNo,
    ...destinationOf(refund),
    success_time: successTimeOf(refund),
    create_time: rfc3339(refund.createdAtMs),
    status: refund.status,
    funds_account: 'AVAILABLE',
    amount: {
      total: refund.totalMinor,
      refund: refund.amountMinor,
      payer_total: refund.totalMinor,
      payer_refund: refund.amountMinor,
      settlement_total: refund.totalMinor,
      settlement_refund: refund.amountMinor,
      discount_refund: 0,
      currency: refund.currency,
    },
    promotion_detail: [],
  };
}

/** A refund as its notification tells it: other fields than in the reply, and `refund_status` in place of `status`. */
export function refundNotice(shop: Settings, refund: Refund) {
  return {
    mchid: shop.mchId,
    transaction_id: refund.transactionId,
    out_trade_no: refund.outTradeNo,
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    refund_status: refund.status,
    success_time: successTimeOf(refund),
    user_received_account: destinationOf(refund).user_received_account,
    amount: {
      total: refund.totalMinor,
      refund: refund.amountMinor,
      payer_total: refund.totalMinor,
      payer_refund: refund.amountMinor,
    },
  };
}

function successTimeOf({ successAtMs }: Refund): string | undefined {
  return successAtMs === undefined ? undefined : rfc3339(successAtMs);
}
