/** Everything that can be made to go wrong: what our side asks, and what WeChat tells. */
export const REQUESTS = [
  'login',
  'token',
  'phone',
  'upload_shipping',
  'get_order',
  'remind_receipt',
  'code',
  'scheme',
  'url_link',
  'short_link',
  'send_message',
  'prepay',
  'query',
  'close',
  'refund',
  'query_refund',
  'remedy_refund',
  'certificates',
  'tradebill',
  'fundflowbill',
  'download_bill',
  'post_object',
  'put_object',
  'get_object',
  'list_objects',
  'delete_object',
] as const;
export const NOTICES = ['pay_notify', 'refund_notify', 'push'] as const;
export type RequestOperation = (typeof REQUESTS)[number];
export type NoticeOperation = (typeof NOTICES)[number];
export type Operation = RequestOperation | NoticeOperation;
export const OPERATIONS: readonly Operation[] = [...REQUESTS, ...NOTICES];

/**
 * How it goes wrong.
 * - `timeout_before`, `timeout_after`: never answers and cuts the connection; the second one does what was asked first.
 * - `hang`: does nothing, never answers and keeps the connection, until the caller gives up or the emulator is closed.
 * - `error_500`, `error_429`: refuses and does nothing.
 * - `refuse`: as these two, with any code that the operation knows.
 * - `delay`: does it, and answers late; a notification is sent late.
 * - `bad_signature`: well formed, but over other bytes.
 * - `old_signature`: right, but made ten minutes ago.
 * - `wrong_amount`: every amount it tells is one fen too high.
 * - `closed`, `abnormal`: a new refund is accepted, and then ends so in place of succeeding.
 * - `stuck`: a new refund is accepted, and then neither succeeds nor fails until the control surface ends it.
 * - `row_missing`, `row_extra`, `amount_changed`, `state_changed`, `fee_changed`: a bill is wrong in its first row.
 * - `bill_late`: the bill is not made yet.
 * - `wrong_hash`, `truncated`: what is downloaded does not fit what was said of it.
 * - `repeat`: the notification arrives twice at once.
 * - `lose`: this delivery vanishes on the way; the retry plan goes on.
 * - `reorder`: the notification waits until another one was delivered, five seconds at most.
 * - `foreign`: this delivery is for another mini-program; the retry plan goes on.
 * - `probe`: this delivery carries a signature of which WeChat wants to see that it is refused; the retry plan goes on.
 */
export type FaultKind =
  | 'timeout_after'
  | 'timeout_before'
  | 'hang'
  | 'error_500'
  | 'error_429'
  | 'refuse'
  | 'delay'
  | 'bad_signature'
  | 'old_signature'
  | 'wrong_amount'
  | RefundFault
  | BillFault
  | 'repeat'
  | 'lose'
  | 'reorder'
  | 'foreign'
  | 'probe';

export const REFUND_FAULTS = ['closed', 'abnormal', 'stuck'] as const;
export type RefundFault = (typeof REFUND_FAULTS)[number];

/** After the first five, a bill says something else than the books, and for good. */
export const BILL_FAULTS = [
  'row_missing',
  'row_extra',
  'amount_changed',
  'state_changed',
  'fee_changed',
  'bill_late',
  'wrong_hash',
  'truncated',
] as const;
export type BillFault = (typeof BILL_FAULTS)[number];

const UNANSWERED = ['timeout_after', 'timeout_before', 'hang', 'error_500', 'error_429', 'delay'] as const;
const NUMBERED = [...UNANSWERED, 'refuse'] as const;
const SIGNED = [...UNANSWERED, 'refuse', 'bad_signature', 'old_signature'] as const;
const NOTIFIED = [
  'repeat',
  'delay',
  'lose',
  'reorder',
  'probe',
  'bad_signature',
  'old_signature',
  'wrong_amount',
] as const;

/** Pushes are signed and encrypted, and never held back for one another. */
const PUSHED = ['repeat', 'delay', 'lose', 'bad_signature', 'old_signature', 'foreign'] as const;

/** What can go wrong with each operation: only Pay signs, and only some replies tell an amount. */
export const KINDS: Readonly<Record<Operation, readonly FaultKind[]>> = {
  login: UNANSWERED,
  token: UNANSWERED,
  phone: UNANSWERED,
  upload_shipping: NUMBERED,
  get_order: NUMBERED,
  remind_receipt: NUMBERED,
  code: NUMBERED,
  scheme: NUMBERED,
  url_link: NUMBERED,
  short_link: NUMBERED,
  send_message: NUMBERED,
  prepay: SIGNED,
  close: SIGNED,
  query: [...SIGNED, 'wrong_amount'],
  refund: [...SIGNED, 'wrong_amount', ...REFUND_FAULTS],
  query_refund: [...SIGNED, 'wrong_amount'],
  remedy_refund: SIGNED,
  certificates: SIGNED,
  tradebill: [...SIGNED, ...BILL_FAULTS],
  fundflowbill: [...SIGNED, 'row_missing', 'row_extra', 'amount_changed', 'bill_late', 'wrong_hash', 'truncated'],
  download_bill: UNANSWERED,
  post_object: UNANSWERED,
  put_object: UNANSWERED,
  get_object: UNANSWERED,
  list_objects: UNANSWERED,
  delete_object: UNANSWERED,
  pay_notify: NOTIFIED,
  refund_notify: NOTIFIED,
  push: PUSHED,
};
