import { isDeepStrictEqual } from 'node:util';
import type { Alarms } from './alarms.js';
import type { Books, Refund } from './books.js';
import { type BusinessClock, SECOND_MS } from './clock.js';
import { ControlError, payErrors } from './errors.js';
import type { RefundFault } from './fault.kinds.js';
import { newRefundId } from './ids.js';
import type { Notifier } from './notifier.js';
import type { Settings } from './options.js';
import type { RefundTerms, RemedyTerms } from './refund.inputs.js';
import { captureToRefund, checkRefund } from './refund.rules.js';
import { refundNotice } from './wire.js';

const OUTCOMES = { closed: 'CLOSED', abnormal: 'ABNORMAL', stuck: 'STUCK' } as const;

/** How a refund can end; ABNORMAL only until it is remedied. */
export const REFUND_ENDS = ['SUCCESS', 'CLOSED', 'ABNORMAL'] as const;
export type RefundEnd = (typeof REFUND_ENDS)[number];

/** Money on its way back: accepted now, arrived later, or not at all. */
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
   * @param fault how a new one is to end in place of succeeding
   * @throws PayError RESOURCE_NOT_EXISTS, INVALID_REQUEST, or FREQUENCY_LIMITED if the last one is too recent
   */
  ask(terms: RefundTerms, fault: RefundFault | undefined): Refund {
    const known = this.books.refunds.get(terms.outRefundNo);
    if (known) {
      if (isDeepStrictEqual(known.request, terms.request)) return known;
      throw payErrors.invalidRequest('请求重入时，参数与首次请求时不一致');
    }
    const { transactionId, outTradeNo, ...capture } = captureToRefund(this.books, terms);
    const gapMs = this.settings.refundGapSeconds * SECOND_MS;
    const [createdAtMs, askedAtMs] = [this.clock.nowMs(), Date.now()];
    const at = { businessMs: createdAtMs, machineMs: askedAtMs, gapMs };
    checkRefund(capture, this.books.refundsOf(transactionId), terms, at);

    return this.#process({
      ...terms,
      transactionId,
      outTradeNo,
      refundId: newRefundId(createdAtMs),
      askedAtMs,
      outcome: fault && OUTCOMES[fault],
      remedy: undefined,
      createdAtMs,
      successAtMs: undefined,
      closedAtMs: undefined,
    });
  }

  /**
   * Sends the money of an ABNORMAL refund to another account: it is PROCESSING again, and succeeds.
   *
   * @throws PayError RESOURCE_NOT_EXISTS, or INVALID_REQUEST if the numbers are of two refunds or it is not ABNORMAL
   */
  remedy(refundId: string, { outRefundNo, type }: RemedyTerms): Refund {
    const refund = this.books.refunds.get(outRefundNo);
    if (!refund) throw payErrors.unknownResource('退款单不存在');
    if (refund.refundId !== refundId) throw payErrors.invalidRequest('微信支付退款单号与商户退款单号不一致');
    if (refund.status !== 'ABNORMAL') throw payErrors.invalidRequest('退款单状态不是退款异常');
    return this.#process({ ...refund, outcome: undefined, remedy: type });
  }

  /**
   * Ends a refund as the channel would if it changed its mind, and tells the shop.
   *
   * @throws ControlError REFUND_NOT_FOUND, or REFUND_ENDED if it can no longer end so
   */
  end(outRefundNo: string, status: RefundEnd): Refund {
    const refund = this.books.refunds.get(outRefundNo);
    if (!refund) throw new ControlError(404, 'REFUND_NOT_FOUND', 'no refund was ever asked for under this number');
    const canEnd = refund.status === 'PROCESSING' || (refund.status === 'ABNORMAL' && status !== 'ABNORMAL');
    if (!canEnd) throw new ControlError(409, 'REFUND_ENDED', `the refund is ${refund.status} already`);
    return this.#finish(refund, status);
  }

  /** Takes up the refunds that the journal says are still on their way. */
  resume(): void {
    for (const refund of this.books.refunds.values()) {
      if (refund.status === 'PROCESSING') this.#schedule(refund);
    }
  }

  #process(refund: Omit<Refund, 'status' | 'endsAtMs'>): Refund {
    const endsAtMs = Date.now() + this.settings.refundSeconds * SECOND_MS;
    const processing: Refund = { ...refund, status: 'PROCESSING', endsAtMs };
    this.books.refunds.put(processing.outRefundNo, processing);
    this.#schedule(processing);
    return processing;
  }

  #schedule(refund: Refund): void {
    const { outcome = 'SUCCESS' } = refund;
    if (outcome === 'STUCK') return;
    this.alarms.at(refund.endsAtMs, () => {
      // Rows are replaced and never edited: if it is another one now, the refund was ended meanwhile.
      if (this.books.refunds.get(refund.outRefundNo) === refund) this.#finish(refund, outcome);
    });
  }

  #finish(refund: Refund, status: RefundEnd): Refund {
    const endedAt = (end: RefundEnd): number | undefined => (status === end ? this.clock.nowMs() : undefined);
    const ended: Refund = { ...refund, status, successAtMs: endedAt('SUCCESS'), closedAtMs: endedAt('CLOSED') };
    this.books.refunds.put(ended.outRefundNo, ended);
    if (ended.notifyUrl !== undefined) {
      const content = refundNotice(this.settings, ended);
      this.notifier.tell({ operation: 'refund_notify', url: ended.notifyUrl, content });
    }
    return ended;
  }
}
