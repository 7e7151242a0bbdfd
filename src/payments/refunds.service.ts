import assert from 'node:assert/strict';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  BusinessTime,
  type Id,
  idBytes,
  idSuffix,
  MachineClock,
  move,
  newId,
  secondsAfter,
  Transactor,
  tryMove,
} from '#common';
import { type JobClaim, Jobs, type Outcome } from '#jobs';
import { type Account, LedgerService, transfer } from '#ledger';
import { type ChannelRefund, PayClient } from '#wechat';
import { Capture } from './capture.entity.js';
import { NOTIFY_PATH } from './notify-path.js';
import { driveRefund, type RefundReport, refundSucceeded } from './payment.jobs.js';
import { REFUND_GAP_SECONDS, REFUND_MANUAL_AFTER_SECONDS, refundLife } from './payment.rules.js';
import { Refund, type RefundId, type RefundReason } from './refund.entity.js';

export interface NewRefund {
  readonly capture: Capture;
  /** The order that gives the money back; null if it never belonged to one. */
  readonly orderId: Id<'order'> | null;
  readonly reason: RefundReason;
  readonly amountMinor: number;
  /** The account that holds the money now. */
  readonly account: Account;
}

/** What the buyer reads on the refund; the channel takes 80 bytes. */
const REASON_TEXTS: Record<RefundReason, string> = {
  TEAM_FAILED: '拼团未成功，自动退款',
  LATE: '支付超时，自动退款',
  DUPLICATE: '重复支付，自动退款',
  MISMATCHED: '支付金额不符，自动退款',
};

/** Money on its way back. A refund is owed from the moment it is created until the channel says that it is paid. */
@Injectable()
export class RefundsService {
  readonly #logger = new Logger(RefundsService.name);

  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly machine: MachineClock,
    private readonly channel: PayClient,
    private readonly jobs: Jobs,
    private readonly ledger: LedgerService,
  ) {}

  /**
   * Promises money back, as part of the caller's transaction; a job does the rest.
   *
   * @throws AssertionError if more would go back than the channel took
   */
  async create(db: EntityManager, { capture, orderId, reason, amountMinor, account }: NewRefund): Promise<void> {
    const { affectedRows } = await db.query<{ affectedRows: number }>(
      'UPDATE capture SET refunding_minor = refunding_minor + ? WHERE id = ? AND refunding_minor + ? <= amount_minor',
      [amountMinor, idBytes(capture.id), amountMinor],
    );
    assert(affectedRows === 1, `${capture.id} has less than ${amountMinor} left to refund`);
    await this.#insert(
      db,
      { captureId: capture.id, orderId, reason, amountMinor, currency: capture.currency, account },
      null,
    );
  }

  /** Takes a refund one step further: sends it, or asks what became of it. */
  async drive(id: RefundId): Promise<Outcome> {
    const refund = await this.source.manager.findOneByOrFail(Refund, { id });
    if (refund.status !== 'CREATED' && refund.status !== 'SUBMITTED') return 'done';
    const known = refund.status === 'SUBMITTED' ? await this.channel.queryRefund(refund.outRefundNo) : null;
    if (known) return this.#conclude(refund, known);
    if (await this.#isForOperators(refund)) return 'done';

    const freeAt = await this.#takeTurn(refund);
    if (freeAt) return { snoozeUntil: freeAt };
    if (refund.status === 'CREATED') await tryMove(this.source.manager, Refund, refundLife, refund, 'SUBMITTED');
    return this.#conclude(refund, await this.#submit(refund));
  }

  /** Books what the channel says of a refund; hearing it again changes nothing. */
  async settle(report: RefundReport, claim?: JobClaim): Promise<void> {
    await this.transactor.run(async (db) => {
      await claim?.close(db);
      const refund = await db.findOneOrFail(Refund, {
        where: { outRefundNo: report.outRefundNo },
        lock: { mode: 'pessimistic_write' },
      });
      if (report.status === 'PROCESSING' || refundLife.isTerminal(refund.status) || refund.status === report.status)
        return;
      if (refund.status === 'CREATED' && report.status !== 'SUCCEEDED')
        await move(db, Refund, refundLife, refund, 'SUBMITTED');
      await this.#book(db, refund, report);
    });
  }

  async #book(db: EntityManager, refund: Refund, { status, channelRefundId }: RefundReport): Promise<void> {
    if (status === 'SUCCEEDED') {
      const succeededAt = await this.businessTime.read(db);
      await move(db, Refund, refundLife, refund, 'SUCCEEDED', { channelRefundId, succeededAt, problem: null });
      await db.increment(Capture, { id: refund.captureId }, 'refundedMinor', refund.amountMinor);
      await this.ledger.post(db, [
        transfer(refund.account, 'channel:wechat', refund, 'REFUND', { type: 'refund', id: refund.id }),
      ]);
      const { id: refundId, orderId, amountMinor } = refund;
      if (orderId) await this.jobs.publish(db, refundSucceeded, { refundId, orderId, amountMinor });
    } else if (status === 'CLOSED') {
      await move(db, Refund, refundLife, refund, 'CLOSED', { channelRefundId });
      await this.#insert(db, refund, refund.id);
    } else if (status === 'ABNORMAL') {
      await move(db, Refund, refundLife, refund, 'ABNORMAL', {
        channelRefundId,
        problem: 'the account cannot take it',
      });
      this.#logger.error(`${refund.id} is ABNORMAL: the buyer's account cannot take it, an operator must act`);
    }
  }

  async #conclude(refund: Refund, answer: ChannelRefund): Promise<Outcome> {
    // Accepted is not paid: the notification tells, and if it is lost, we ask.
    if (answer.status === 'PROCESSING') return { snoozeUntil: secondsAfter(this.machine.now(), REFUND_GAP_SECONDS) };
    const status = answer.status === 'SUCCESS' ? 'SUCCEEDED' : answer.status;
    await this.settle({ outRefundNo: refund.outRefundNo, channelRefundId: answer.refundId, status });
    return 'done';
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

  async #isForOperators(refund: Refund): Promise<boolean> {
    if (refund.status !== 'SUBMITTED') return false;
    const now = await this.businessTime.read(this.source.manager);
    if (now < secondsAfter(refund.createdAt, REFUND_MANUAL_AFTER_SECONDS)) return false;
    this.#logger.error(`${refund.id} is MANUAL: the channel has not done it for three days; it is still owed`);
    return tryMove(this.source.manager, Refund, refundLife, refund, 'MANUAL', { problem: 'not done for three days' });
  }

  async #insert(
    db: EntityManager,
    refund: Pick<Refund, 'captureId' | 'orderId' | 'reason' | 'amountMinor' | 'currency' | 'account'>,
    predecessorId: RefundId | null,
  ): Promise<void> {
    const { captureId, orderId, reason, amountMinor, currency, account } = refund;
    const id: RefundId = newId('refund');
    const createdAt = await this.businessTime.read(db);
    await db.insert(Refund, {
      ...{ id, captureId, orderId, reason, amountMinor, currency, account, predecessorId, createdAt },
      outRefundNo: idSuffix(id),
      status: 'CREATED',
    });
    await this.jobs.enqueue(db, driveRefund, { refundId: id });
  }
}
