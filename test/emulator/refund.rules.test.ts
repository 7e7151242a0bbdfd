import { describe, expect, it } from '@jest/globals';
import { Books, type Capture, type Refund } from '../../src/emulator/books.js';
import { PayError } from '../../src/emulator/errors.js';
import type { RefundTerms } from '../../src/emulator/refund.inputs.js';
import { captureToRefund, checkRefund } from '../../src/emulator/refund.rules.js';
import { Store } from '../../src/emulator/store.js';

const DAY_MS = 86_400_000;
const PAID_AT_MS = Date.parse('2026-01-01T12:00:00Z');

/** What a rule answers: `yes`, or its no as a code and a message. */
function answerOf<Answer>(rule: () => Answer): Answer | string {
  try {
    return rule();
  } catch (error) {
    if (error instanceof PayError) return `${error.code} ${error.message}`;
    throw error;
  }
}

function aCapture(transactionId: string, outTradeNo: string): Capture {
  return { transactionId, outTradeNo, openid: 'o1', amountMinor: 2_990, currency: 'CNY', successAtMs: PAID_AT_MS };
}

describe('the payment that a refund names', () => {
  const books = new Books(new Store());
  books.captures.put('4200001', aCapture('4200001', 'order_one'));
  books.captures.put('4200002', aCapture('4200002', 'order_two'));
  books.captures.put('4200003', aCapture('4200003', 'order_two'));
  books.trades.put('order_unpaid', { outTradeNo: 'order_unpaid', prepayId: 'wx1' } as Parameters<
    Books['trades']['put']
  >[1]);

  // prettier-ignore
  it.each<{ transactionId?: string; outTradeNo?: string; found: string }>([
    { transactionId: '4200001',                            found: '4200001' },
    { transactionId: '4200001', outTradeNo: 'order_one',   found: '4200001' },
    { transactionId: '4200003', outTradeNo: 'order_two',   found: '4200003' },
    { transactionId: '4200001', outTradeNo: 'order_two',   found: 'INVALID_REQUEST 微信支付订单号与商户订单号不一致' },
    { transactionId: '4200009',                            found: 'RESOURCE_NOT_EXISTS 订单不存在' },
    { transactionId: '4200009', outTradeNo: 'order_one',   found: 'RESOURCE_NOT_EXISTS 订单不存在' },
    { outTradeNo: 'order_one',                             found: '4200001' },
    { outTradeNo: 'order_two',                             found: '4200002' },
    { outTradeNo: 'order_unpaid',                          found: 'INVALID_REQUEST 订单未支付' },
    { outTradeNo: 'order_nowhere',                         found: 'RESOURCE_NOT_EXISTS 订单不存在' },
    {                                                      found: 'RESOURCE_NOT_EXISTS 订单不存在' },
  ])('by $transactionId and $outTradeNo is $found', ({ transactionId, outTradeNo, found }) => {
    const terms = { transactionId, outTradeNo } as RefundTerms;
    expect(answerOf(() => captureToRefund(books, terms).transactionId)).toBe(found);
  });
});

describe('a refund', () => {
  const SECOND_MS = 1_000;
  const capture = aCapture('4200001', 'order_one');
  const at = { businessMs: PAID_AT_MS + DAY_MS, machineMs: PAID_AT_MS + 2 * DAY_MS, gapMs: 60 * SECOND_MS };
  const LONG_AGO = PAID_AT_MS;

  const aRefund = (amountMinor: number, { status = 'SUCCESS', askedAtMs = LONG_AGO }: Partial<Refund> = {}): Refund =>
    ({ amountMinor, status, askedAtMs }) as Refund;
  const parts = (count: number): Refund[] => Array.from({ length: count }, () => aRefund(1));

  // prettier-ignore
  it.each<{ what: string; amountMinor?: number; totalMinor?: number; earlier?: Refund[]; businessMs?: number; answer?: string }>([
    { what: 'of all that was paid' },
    { what: 'of a fen more than was paid',           amountMinor: 2_991, answer: 'INVALID_REQUEST 申请退款金额大于订单可退金额' },
    { what: 'of all that is left',                   amountMinor: 1_990, earlier: [aRefund(400), aRefund(600)] },
    { what: 'of a fen more than is left',            amountMinor: 1_991, earlier: [aRefund(400), aRefund(600)], answer: 'INVALID_REQUEST 申请退款金额大于订单可退金额' },
    { what: 'of money that is on its way elsewhere', amountMinor: 1_991, earlier: [aRefund(1_000, { status: 'PROCESSING' })], answer: 'INVALID_REQUEST 申请退款金额大于订单可退金额' },
    { what: 'of what a closed refund has left',      earlier: [aRefund(2_990, { status: 'CLOSED' })] },
    { what: 'that names a smaller total',            amountMinor: 100, totalMinor: 2_989, answer: 'INVALID_REQUEST 订单金额与支付金额不一致' },
    { what: 'that names a larger total',             amountMinor: 100, totalMinor: 2_991, answer: 'INVALID_REQUEST 订单金额与支付金额不一致' },
    { what: 'that is the fiftieth',                  amountMinor: 1, earlier: parts(49) },
    { what: 'that would be the fifty-first',         amountMinor: 1, earlier: parts(50), answer: 'INVALID_REQUEST 订单部分退款次数超过限制' },
    { what: 'after fifty that were closed',          amountMinor: 1, earlier: parts(50).map((part) => ({ ...part, status: 'CLOSED' })), answer: 'INVALID_REQUEST 订单部分退款次数超过限制' },
    { what: 'in the last instant of a year',         businessMs: PAID_AT_MS + 365 * DAY_MS },
    { what: 'a millisecond later',                   businessMs: PAID_AT_MS + 365 * DAY_MS + 1, answer: 'INVALID_REQUEST 订单已超过可退款期限' },
    { what: 'a minute after the last',               amountMinor: 1, earlier: [aRefund(1, { askedAtMs: at.machineMs - 60 * SECOND_MS })] },
    { what: 'a millisecond less after it',           amountMinor: 1, earlier: [aRefund(1), aRefund(1, { askedAtMs: at.machineMs - 60 * SECOND_MS + 1 }), aRefund(1)], answer: 'FREQUENCY_LIMITED 频率限制' },
    { what: 'too soon, of more than is left',        earlier: [aRefund(1, { askedAtMs: at.machineMs })], answer: 'INVALID_REQUEST 申请退款金额大于订单可退金额' },
  ])('$what: $answer', ({ amountMinor = 2_990, totalMinor = 2_990, earlier = [], businessMs = at.businessMs, answer }) => {
    const terms = { amountMinor, totalMinor } as RefundTerms;
    expect(answerOf(() => { checkRefund(capture, earlier, terms, { ...at, businessMs }); })).toBe(answer);
  });
});
