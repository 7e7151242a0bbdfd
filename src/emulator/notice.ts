import { sealed } from './crypto.js';
import type { FaultKind } from './fault.kinds.js';
import { misstated } from './fault.js';
import type { refundNotice, tradeOnWire } from './wire.js';

/** What a notification is about. */
export type Message =
  | { readonly operation: 'pay_notify'; readonly content: ReturnType<typeof tradeOnWire> }
  | { readonly operation: 'refund_notify'; readonly content: ReturnType<typeof refundNotice> };

const REFUND_SUMMARIES = {
  PROCESSING: '退款处理中',
  SUCCESS: '退款成功',
  CLOSED: '退款关闭',
  ABNORMAL: '退款异常',
} as const;

/** The text of a notification: what happened in the open, and the content sealed under the merchant's API v3 key. */
export function noticeBody(
  { id, createTime, ...message }: Message & { readonly id: string; readonly createTime: string },
  apiV3Key: string,
  fault: FaultKind | undefined,
): string {
  const { event, summary, type } = envelopeOf(message);
  const told = fault === 'wrong_amount' ? misstated(message.content) : message.content;
  return JSON.stringify({
    id,
    create_time: createTime,
    resource_type: 'encrypt-resource',
    event_type: event,
    summary,
    resource: sealed(apiV3Key, type, JSON.stringify(told)),
  });
}

function envelopeOf(message: Message) {
  if (message.operation === 'pay_notify') {
    return { event: 'TRANSACTION.SUCCESS', summary: '支付成功', type: 'transaction' };
  }
  const status = message.content.refund_status;
  return { event: `REFUND.${status}`, summary: REFUND_SUMMARIES[status], type: 'refund' };
}
