import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { DataSource, In, MoreThan } from 'typeorm';
import {
  decodeIdCursor,
  MachineClock,
  move,
  notFound,
  type Page,
  type PageArgs,
  pageOf,
  refuse,
  secondsAfter,
  Transactor,
} from '#common';
import { Jobs } from '#jobs';
import { Capture } from './capture.entity.js';
import { driveRefund } from './payment.jobs.js';
import { FOR_OPERATORS, isForOperators, REFUND_PATIENCE_SECONDS, refundLife } from './payment.rules.js';
import { RefundCase } from './refund-case.js';
import { Refund, type RefundId } from './refund.entity.js';
import { RefundNotWaiting } from './refund.refusals.js';

/** Refunds that wait for an operator: still owed, but the channel does not get them done by itself. */
@Injectable()
export class RefundQueueService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly machine: MachineClock,
    private readonly jobs: Jobs,
  ) {}

  /** Those that wait, oldest first. */
  async page({ first, after }: PageArgs): Promise<Page<RefundCase>> {
    const last = decodeIdCursor(after, 'refund');
    const db = this.source.manager;
    const refunds = await db.find(Refund, {
      where: { status: In(FOR_OPERATORS), ...(last ? { id: MoreThan(last) } : {}) },
      order: { id: 'ASC' },
      take: first + 1,
    });
    const captures = await db.findBy(Capture, { id: In(refunds.map(({ captureId }) => captureId)) });
    const transactions = new Map(captures.map(({ id, transactionId }) => [id, transactionId]));
    const cases = refunds.map((refund) => {
      const transactionId = transactions.get(refund.captureId);
      assert(transactionId, `${refund.id} has no capture`);
      return new RefundCase(refund, transactionId);
    });
    return pageOf(cases, first, ({ refund }) => [refund.id]);
  }

  /**
   * Tries a refund again, after whatever was wrong has been put right: the channel gets another three days for it, under the same number.
   * One whose account could not take it is only asked about, because the channel goes on with it by itself.
   *
   * @throws RequestError if there is no such refund; Refused with RefundNotWaiting
   */
  async retry(id: RefundId): Promise<Refund> {
    return this.transactor.run(async (db) => {
      const refund = await db.findOne(Refund, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!refund) throw notFound('input.refundId');
      if (!isForOperators(refund.status)) refuse(new RefundNotWaiting(refund));
      if (refund.status === 'MANUAL') {
        const manualAfter = secondsAfter(this.machine.now(), REFUND_PATIENCE_SECONDS);
        await move(db, Refund, refundLife, refund, 'SUBMITTED', { manualAfter, queries: 0 });
      }
      await this.jobs.enqueue(db, driveRefund, { refundId: id });
      return refund;
    });
  }
}
