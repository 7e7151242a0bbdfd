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
  notFound,
  refuse,
  secondsAfter,
  Transactor,
  tryMove,
} from '#common';
import { type JobClaim, Jobs } from '#jobs';
import type { StaffId } from '#identity';
import { type Account, LedgerService, transfer } from '#ledger';
import { Capture } from './capture.entity.js';
import { driveRefund, type RefundReport, refundSucceeded } from './payment.jobs.js';
import { isForOperators, REFUND_PATIENCE_SECONDS, refundLife, REFUNDS_BY_OPERATORS_MAX } from './payment.rules.js';
import { Refund, type RefundId, type RefundReason } from './refund.entity.js';
import { RefundNotWaiting, TooManyRefunds } from './refund.refusals.js';

export interface NewRefund {
  readonly id?: RefundId;
  readonly capture: Capture;
  /** The order that gives the money back; null if it never belonged to one. */
  readonly orderId: Id<'order'> | null;
  readonly reason: RefundReason;
  readonly amountMinor: number;
  /** The account that holds the money now. */
  readonly account: Account;
  /** Who asked for it and why, if it was a person. */
  readonly by?: { readonly operatorId: StaffId; readonly note: string };
}

const PROBLEM_CHARACTERS_MAX = 255;

/** Money on its way back, in our books. A refund is owed from the moment it is created until the channel says that it is paid. */
@Injectable()
export class RefundsService {
  readonly #logger = new Logger(RefundsService.name);

  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly machine: MachineClock,
    private readonly jobs: Jobs,
    private readonly ledger: LedgerService,
  ) {}

  /**
   * Promises money back, as part of the caller's transaction; a job does the rest.
   *
   * @throws AssertionError if more would go back than the channel took
   */
  async create(db: EntityManager, refund: NewRefund): Promise<Refund> {
    const { id = newId('refund'), capture, orderId, reason, amountMinor, account, by } = refund;
    const { affectedRows } = await db.query<{ affectedRows: number }>(
      `UPDATE capture SET refunding_minor = refunding_minor + ?, refunds = refunds + 1
       WHERE id = ? AND refunding_minor + ? <= amount_minor`,
      [amountMinor, idBytes(capture.id), amountMinor],
    );
    assert(affectedRows === 1, `${capture.id} has less than ${amountMinor} left to refund`);
    return this.#insert(db, {
      ...{ id, captureId: capture.id, orderId, reason, amountMinor, currency: capture.currency, account },
      note: by?.note ?? null,
      requestedById: by?.operatorId ?? null,
      predecessorId: null,
      createdAt: await this.businessTime.read(db),
      manualAfter: secondsAfter(this.machine.now(), REFUND_PATIENCE_SECONDS),
    });
  }

  /**
   * Makes sure that refunds that must happen still fit into what the channel allows, after one that a person asked for.
   *
   * @throws Refused with TooManyRefunds
   */
  async leaveRoom(db: EntityManager, { captureId }: Refund): Promise<void> {
    const { refunds } = await db.findOneByOrFail(Capture, { id: captureId });
    if (refunds > REFUNDS_BY_OPERATORS_MAX) refuse(new TooManyRefunds());
  }

  /** Books what the channel says of a refund; hearing it again changes nothing. */
  async settle(report: RefundReport, claim?: JobClaim): Promise<void> {
    await this.transactor.run(async (db) => {
      await claim?.close(db);
      const refund = await db.findOneOrFail(Refund, {
        where: { outRefundNo: report.outRefundNo },
        lock: { mode: 'pessimistic_write' },
      });
      if (refundLife.isTerminal(refund.status) || refund.status === report.status) return;
      // Whoever told us of another amount may be wrong; the channel's own answer decides.
      if (report.amountMinor !== refund.amountMinor) await this.jobs.enqueue(db, driveRefund, { refundId: refund.id });
      else await this.#book(db, refund, report);
    });
  }

  /**
   * Books a refund that was paid by a bank transfer, as part of the caller's transaction. Nothing that the channel says of it later changes that;
   * if the channel pays it as well, its bill shows it.
   *
   * @throws RequestError if there is no such refund; Refused with RefundNotWaiting
   */
  async settleOutside(
    db: EntityManager,
    id: RefundId,
    { reference, paidAt }: { readonly reference: string; readonly paidAt: Date },
  ): Promise<Refund> {
    const refund = await db.findOne(Refund, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!refund) throw notFound('input.refundId');
    if (!isForOperators(refund.status)) refuse(new RefundNotWaiting(refund));
    await this.#pay(db, refund, 'bank:payouts', { outsideReference: reference, succeededAt: paidAt });
    return refund;
  }

  /** Takes a refund out of the operators' queue: the channel gets another three days for it, under the same number. */
  async resume(refund: Refund): Promise<void> {
    await this.transactor.run(async (db) => {
      const again = { manualAfter: secondsAfter(this.machine.now(), REFUND_PATIENCE_SECONDS), queries: 0 };
      // Of a copy: a move changes the row in memory, and a transaction may have to run again.
      const isOurs = await tryMove(db, Refund, refundLife, { ...refund }, 'SUBMITTED', again);
      if (isOurs) await this.jobs.enqueue(db, driveRefund, { refundId: refund.id });
    });
  }

  /** Leaves a refund to operators: the channel does not get it done. It is still owed. */
  async handOver(refund: Refund, problem: string): Promise<void> {
    const isOurs = await tryMove(this.source.manager, Refund, refundLife, refund, 'MANUAL', {
      problem: brief(problem),
    });
    if (isOurs) this.#logger.error(`${refund.id} is MANUAL, an operator must act: ${problem}`);
  }

  /** Keeps what is wrong for whoever looks at the refund. */
  async noteProblem({ id, problem }: Refund, next: string): Promise<void> {
    if (problem !== brief(next)) await this.source.manager.update(Refund, { id }, { problem: brief(next) });
  }

  async #book(db: EntityManager, refund: Refund, { status, channelRefundId }: RefundReport): Promise<void> {
    if (status === 'PROCESSING') return;
    if (refund.status === 'CREATED' && status !== 'SUCCEEDED') await move(db, Refund, refundLife, refund, 'SUBMITTED');
    if (status === 'SUCCEEDED') await this.#succeed(db, refund, channelRefundId);
    else if (status === 'CLOSED') await this.#replace(db, refund, channelRefundId);
    else {
      const problem = 'the buyer’s account cannot take it';
      await move(db, Refund, refundLife, refund, 'ABNORMAL', { channelRefundId, problem });
      this.#logger.error(`${refund.id} is ABNORMAL, an operator must act: ${problem}`);
    }
  }

  async #succeed(db: EntityManager, refund: Refund, channelRefundId: string): Promise<void> {
    const succeededAt = await this.businessTime.read(db);
    await this.#pay(db, refund, 'channel:wechat', { channelRefundId, succeededAt });
  }

  async #pay(
    db: EntityManager,
    refund: Refund,
    from: 'channel:wechat' | 'bank:payouts',
    set: Partial<Refund>,
  ): Promise<void> {
    await move(db, Refund, refundLife, refund, 'SUCCEEDED', { ...set, problem: null });
    await db.increment(Capture, { id: refund.captureId }, 'refundedMinor', refund.amountMinor);
    await this.ledger.post(db, [transfer(refund.account, from, refund, 'REFUND', { type: 'refund', id: refund.id })]);
    const { id: refundId, orderId, amountMinor } = refund;
    if (orderId) await this.jobs.publish(db, refundSucceeded, { refundId, orderId, amountMinor });
  }

  /** The channel ended it unpaid, so its number is used up; what is owed goes on under a new one, as old as the first. */
  async #replace(db: EntityManager, refund: Refund, channelRefundId: string): Promise<void> {
    const wasForOperators = isForOperators(refund.status);
    await move(db, Refund, refundLife, refund, 'CLOSED', { channelRefundId });
    await db.increment(Capture, { id: refund.captureId }, 'refunds', 1);
    const manualAfter = wasForOperators
      ? secondsAfter(this.machine.now(), REFUND_PATIENCE_SECONDS)
      : refund.manualAfter;
    await this.#insert(db, { ...refund, id: newId('refund'), predecessorId: refund.id, manualAfter });
  }

  async #insert(
    db: EntityManager,
    refund: Omit<
      Refund,
      'outRefundNo' | 'status' | 'channelRefundId' | 'problem' | 'queries' | 'succeededAt' | 'outsideReference'
    >,
  ): Promise<Refund> {
    const row = db.create(Refund, {
      ...refund,
      outRefundNo: idSuffix(refund.id),
      status: 'CREATED',
      channelRefundId: null,
      problem: null,
      queries: 0,
      succeededAt: null,
      outsideReference: null,
    });
    await db.insert(Refund, row);
    await this.jobs.enqueue(db, driveRefund, { refundId: row.id });
    return row;
  }
}

function brief(problem: string): string {
  return [...problem].slice(0, PROBLEM_CHARACTERS_MAX).join('');
}
