import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { idBytes, MachineClock, secondsAfter, tryMove } from '#common';
import { type Outcome, sweep, SWEEP_PAGE } from '#jobs';
import { ChannelError, type ChannelRefund, PayClient, refusalCode } from '#wechat';
import { Capture } from './capture.entity.js';
import { NOTIFY_PATH } from './notify-path.js';
import type { RefundReport } from './payment.jobs.js';
import { askRefundAgainAt, FOR_OPERATORS, isForOperators, REFUND_GAP_SECONDS, refundLife } from './payment.rules.js';
import { Refund, type RefundId, type RefundReason } from './refund.entity.js';
import { RefundsService } from './refunds.service.js';

/** Spread over this time, those that came too fast do not come back together. */
const TOO_FAST_SECONDS = 10;

/** What the buyer reads on the refund; the channel takes 80 bytes. */
const REASON_TEXTS: Record<RefundReason, string> = {
  TEAM_FAILED: '拼团未成功，自动退款',
  LEFT: '已退出拼团，自动退款',
  LATE: '支付超时，自动退款',
  DUPLICATE: '重复支付，自动退款',
  MISMATCHED: '支付金额不符，自动退款',
  OPERATOR: '商家退款',
  AFTER_SALE: '售后退款',
  RECALL: '商品召回退款',
};

/** Gets refunds done at the channel: sends them, asks what became of them, hands over what the channel does not get done. */
@Injectable()
export class RefundDriver {
  constructor(
    private readonly source: DataSource,
    private readonly machine: MachineClock,
    private readonly channel: PayClient,
    private readonly refunds: RefundsService,
  ) {}

  /** Takes a refund one step further. What goes wrong is tried again by the job's plan, until the channel's time is over. */
  async drive(id: RefundId): Promise<Outcome> {
    const refund = await this.source.manager.findOneByOrFail(Refund, { id });
    if (refundLife.isTerminal(refund.status)) return 'done';
    try {
      return await this.#step(refund);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      // The buyer's account takes no refunds, so no repetition will change that (wechat.md 2.6).
      const isHopeless = refusalCode(error) === 'USERACCOUNTABNORMAL';
      if (isHopeless || this.#isOverdue(refund)) {
        await this.refunds.handOver(refund, problem);
        return 'done';
      }
      if (isTooFast(error)) return { snoozeUntil: secondsAfter(this.machine.now(), TOO_FAST_SECONDS * Math.random()) };
      await this.refunds.noteProblem(refund, problem);
      throw error;
    }
  }

  /** Asks about everything that waits for operators: the channel may have done it after all. */
  async queryOwed(): Promise<void> {
    await sweep<Refund>(
      (after) => this.#owed(after),
      (refund) => this.drive(refund.id),
    );
  }

  async #step(refund: Refund): Promise<Outcome> {
    const known = refund.status === 'CREATED' ? null : await this.channel.queryRefund(refund.outRefundNo);
    if (known) return this.#conclude(refund, known);
    if (isForOperators(refund.status)) return 'done';
    if (this.#isOverdue(refund)) {
      await this.refunds.handOver(refund, refund.problem ?? 'the channel does not know it');
      return 'done';
    }
    const freeAt = await this.#takeTurn(refund);
    if (freeAt) return { snoozeUntil: freeAt };
    if (refund.status === 'CREATED') await tryMove(this.source.manager, Refund, refundLife, refund, 'SUBMITTED');
    try {
      return await this.#conclude(refund, await this.#submit(refund));
    } catch (error) {
      // Nothing was sent, so the payment's next minute has not begun.
      if (isTooFast(error))
        await this.source.manager.update(Capture, { id: refund.captureId }, { refundSubmittedAt: null });
      throw error;
    }
  }

  async #conclude(refund: Refund, answer: ChannelRefund): Promise<Outcome> {
    const report = refundReportOf(answer);
    if (report.amountMinor !== refund.amountMinor)
      throw new Error(`the channel speaks of ${report.amountMinor} for ${refund.id}, not of ${refund.amountMinor}`);
    if (report.status !== 'PROCESSING') {
      await this.refunds.settle(report);
      return 'done';
    }
    // It was sent on to another account; a job of its own goes on with it.
    if (refund.status === 'ABNORMAL') await this.refunds.resume(refund);
    if (isForOperators(refund.status)) return 'done';
    if (this.#isOverdue(refund)) {
      await this.refunds.handOver(refund, 'the channel has accepted it and not paid it yet');
      return 'done';
    }
    // Accepted is not paid: the notification tells, and if it is lost, we ask.
    await this.source.manager.increment(Refund, { id: refund.id }, 'queries', 1);
    return { snoozeUntil: askRefundAgainAt(refund.queries, this.machine.now()) };
  }

  /** A refund that was just made is tried at least once, unless it only takes the place of one that was. */
  #isOverdue({ status, predecessorId, manualAfter }: Refund): boolean {
    const isFresh = status === 'CREATED' && predecessorId === null;
    return !isFresh && !isForOperators(status) && this.machine.now() >= manualAfter;
  }

  async #submit(refund: Refund): Promise<ChannelRefund> {
    const capture = await this.source.manager.findOneByOrFail(Capture, { id: refund.captureId });
    return this.channel.refund({
      outRefundNo: refund.outRefundNo,
      transactionId: capture.transactionId,
      reason: REASON_TEXTS[refund.reason],
      refundMinor: refund.amountMinor,
      totalMinor: capture.amountMinor,
      currency: refund.currency,
      notifyPath: NOTIFY_PATH,
    });
  }

  /** One refund of a payment a minute: takes the turn, or says when it is free. */
  async #takeTurn({ captureId }: Refund): Promise<Date | null> {
    const { affectedRows } = await this.source.query<{ affectedRows: number }>(
      `UPDATE capture SET refund_submitted_at = NOW(3)
       WHERE id = ? AND (refund_submitted_at IS NULL OR refund_submitted_at <= NOW(3) - INTERVAL ? SECOND)`,
      [idBytes(captureId), REFUND_GAP_SECONDS],
    );
    if (affectedRows === 1) return null;
    const { refundSubmittedAt } = await this.source.manager.findOneByOrFail(Capture, { id: captureId });
    return secondsAfter(refundSubmittedAt ?? this.machine.now(), REFUND_GAP_SECONDS + 1);
  }

  #owed(after: Refund | null): Promise<Refund[]> {
    const query = this.source.manager
      .createQueryBuilder(Refund, 'refund')
      .where({ status: In(FOR_OPERATORS) })
      .orderBy('refund.id')
      .take(SWEEP_PAGE);
    if (after) query.andWhere('refund.id > :id', { id: idBytes(after.id) });
    return query.getMany();
  }
}

/** The channel takes 150 refunds a second (wechat.md 2.6), and a round that fails has thousands: this is no failure of the refund. */
function isTooFast(error: unknown): boolean {
  return error instanceof ChannelError && error.httpStatus === 429;
}

export function refundReportOf({ outRefundNo, refundId, refundMinor, status }: ChannelRefund): RefundReport {
  return {
    outRefundNo,
    channelRefundId: refundId,
    amountMinor: refundMinor,
    status: status === 'SUCCESS' ? 'SUCCEEDED' : status,
  };
}
