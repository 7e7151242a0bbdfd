import { isDeepStrictEqual } from 'node:util';
import type { Alarms } from './alarms.js';
import type { Books, Capture, Refund } from './books.js';
import { type BusinessClock, DAY_MS, SECOND_MS } from './clock.js';
import { payErrors } from './errors.js';
import { newRefundId } from './ids.js';
import type { Notifier } from './notifier.js';
import type { Settings } from './options.js';
import type { RefundTerms } from './refund.inputs.js';
import { refundNotice } from './wire.js';

const PER_CAPTURE_MAX = 50;
const REFUNDABLE_MS = 365 * DAY_MS;

/** Money on its way back: accepted now, arrived later. */
export class Refunds {
  constructor(
    private readonly settings: Settings,
    private readonly books: Books,
    private readonly clock: BusinessClock,
    private readonly alarms: Alarms,
    private readonly notifier: Notifier,
  ) {}

  /**
   * The refund with this number as it stands now: PROCESSING if it is new.
   *
   * @throws PayError RESOURCE_NOT_EXISTS, INVALID_REQUEST, or FREQUENCY_LIMITED if the last one is too recent
   */
  ask(terms: RefundTerms): Refund {
    const known = this.books.refunds.get(terms.outRefundNo);
    if (known) {
      if (isDeepStrictEqual(known.request, terms.request)) return known;
      throw payErrors.invalidRequest('请求重入时，参数与首次请求时不一致');
    }
    const capture = this.#captureOf(terms);
    this.#refuseRefund(capture, terms);
    return this.#accept(capture, terms);
  }

  /** Takes up the refunds that the journal says are still on their way. */
  resume(): void {
    for (const refund of this.books.refunds.values()) {
      if (refund.status === 'PROCESSING') this.#schedule(refund);
    }
  }

  #captureOf({ transactionId, outTradeNo }: RefundTerms): Capture {
    const unknown = payErrors.unknownResource('订单不存在');
    if (transactionId !== undefined) {
      const capture = this.books.captures.get(transactionId);
      if (!capture) throw unknown;
      if (outTradeNo === undefined || outTradeNo === capture.outTradeNo) return capture;
      throw payErrors.invalidRequest('微信支付订单号与商户订单号不一致');
    }
    const [first] = this.books.capturesOf(outTradeNo ?? '');
    if (first) return first;
    throw this.books.trades.get(outTradeNo ?? '') ? payErrors.invalidRequest('订单未支付') : unknown;
  }

  /** The gap between refunds is checked last: waiting helps only a request that is right otherwise. */
  #refuseRefund(capture: Capture, { amountMinor, totalMinor }: RefundTerms): void {
    const earlier = this.books.refundsOf(capture.transactionId);
    const askedMinor = earlier.reduce((sum, refund) => sum + refund.amountMinor, amountMinor);
    if (totalMinor !== capture.amountMinor) throw payErrors.invalidRequest('订单金额与支付金额不一致');
    if (askedMinor > capture.amountMinor) throw payErrors.invalidRequest('申请退款金额大于订单可退金额');
    if (earlier.length >= PER_CAPTURE_MAX) throw payErrors.invalidRequest('订单部分退款次数超过限制');
    if (this.clock.nowMs() > capture.successAtMs + REFUNDABLE_MS)
      throw payErrors.invalidRequest('订单已超过可退款期限');

    const lastAskedAtMs = Math.max(0, ...earlier.map(({ askedAtMs }) => askedAtMs));
    if (Date.now() - lastAskedAtMs < this.settings.refundGapSeconds * SECOND_MS) throw payErrors.tooFrequent();
  }

  #accept({ transactionId, outTradeNo }: Capture, terms: RefundTerms): Refund {
    const askedAtMs = Date.now();
    const createdAtMs = this.clock.nowMs();
    const refund: Refund = {
      ...terms,
      transactionId,
      outTradeNo,
      refundId: newRefundId(createdAtMs),
      status: 'PROCESSING',
      askedAtMs,
      succeedsAtMs: askedAtMs + this.settings.refundSeconds * SECOND_MS,
      createdAtMs,
      successAtMs: undefined,
    };
    this.books.refunds.put(refund.outRefundNo, refund);
    this.#schedule(refund);
    return refund;
  }

  #schedule(refund: Refund): void {
    this.alarms.at(refund.succeedsAtMs, () => {
      const done: Refund = { ...refund, status: 'SUCCESS', successAtMs: this.clock.nowMs() };
      this.books.refunds.put(done.outRefundNo, done);
      if (done.notifyUrl === undefined) return;
      this.notifier.tell({
        operation: 'refund_notify',
        url: done.notifyUrl,
        content: refundNotice(this.settings, done),
      });
    });
  }
}
