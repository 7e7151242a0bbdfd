import type { Books, Capture, Refund } from './books.js';
import { DAY_MS } from './clock.js';
import { payErrors } from './errors.js';
import type { RefundTerms } from './refund.inputs.js';

const PER_CAPTURE_MAX = 50;
const REFUNDABLE_MS = 365 * DAY_MS;

/**
 * The capture that a refund names by one of its numbers.
 *
 * @throws PayError RESOURCE_NOT_EXISTS, or INVALID_REQUEST if nothing was paid or the numbers are of two trades
 */
export function captureToRefund(books: Books, { transactionId, outTradeNo }: RefundTerms): Capture {
  const unknown = payErrors.unknownResource('订单不存在');
  if (transactionId !== undefined) {
    const capture = books.captures.get(transactionId);
    if (!capture) throw unknown;
    if (outTradeNo === undefined || outTradeNo === capture.outTradeNo) return capture;
    throw payErrors.invalidRequest('微信支付订单号与商户订单号不一致');
  }
  const [first] = books.capturesOf(outTradeNo ?? '');
  if (first) return first;
  throw books.trades.get(outTradeNo ?? '') ? payErrors.invalidRequest('订单未支付') : unknown;
}

/**
 * Returns if the capture can give back this much more (`wechat.md` 2.6). The gap between refunds is checked last:
 * waiting helps only a request that is right otherwise.
 *
 * @param earlier refunds of the same capture; those that were closed leave their money to others, and still count as parts
 * @param businessMs now, in business time
 * @param machineMs now, in machine time
 * @param gapMs least machine time between two refunds of one capture
 * @throws PayError INVALID_REQUEST or FREQUENCY_LIMITED
 */
export function checkRefund(
  capture: Pick<Capture, 'amountMinor' | 'successAtMs'>,
  earlier: readonly Refund[],
  { amountMinor, totalMinor }: RefundTerms,
  { businessMs, machineMs, gapMs }: { readonly businessMs: number; readonly machineMs: number; readonly gapMs: number },
): void {
  const askedMinor = earlier
    .filter(({ status }) => status !== 'CLOSED')
    .reduce((sum, refund) => sum + refund.amountMinor, amountMinor);
  if (totalMinor !== capture.amountMinor) throw payErrors.invalidRequest('订单金额与支付金额不一致');
  if (askedMinor > capture.amountMinor) throw payErrors.invalidRequest('申请退款金额大于订单可退金额');
  if (earlier.length >= PER_CAPTURE_MAX) throw payErrors.invalidRequest('订单部分退款次数超过限制');
  if (businessMs > capture.successAtMs + REFUNDABLE_MS) throw payErrors.invalidRequest('订单已超过可退款期限');

  const lastAskedAtMs = Math.max(0, ...earlier.map(({ askedAtMs }) => askedAtMs));
  if (machineMs - lastAskedAtMs < gapMs) throw payErrors.tooFrequent();
}
