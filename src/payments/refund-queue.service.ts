import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { DataSource, In, MoreThan } from 'typeorm';
import {
  type ActKind,
  AuditTrail,
  badInput,
  BusinessTime,
  type Decision,
  decodeIdCursor,
  type Facts,
  Idempotency,
  notFound,
  type Page,
  type PageArgs,
  pageOf,
  refuse,
  Transactor,
} from '#common';
import type { StaffId } from '#identity';
import { PayClient } from '#wechat';
import { Capture } from './capture.entity.js';
import { FOR_OPERATORS, isForOperators } from './payment.rules.js';
import { RefundCase } from './refund-case.js';
import { refundPaidOutside, refundRetried, refundSentToCard } from './refund.acts.js';
import { RefundDriver } from './refund.driver.js';
import { Refund, type RefundId } from './refund.entity.js';
import type { RefundSettledOutsideInput, RefundToCardInput } from './refund.inputs.js';
import { RefundNotWaiting } from './refund.refusals.js';
import { RefundsService } from './refunds.service.js';

const NOT_YET = { zh: '不能晚于现在。', en: 'Must not lie in the future.' };

type Card = Pick<RefundToCardInput, 'bankType' | 'bankAccount' | 'realName'>;

/** Refunds that wait for an operator: still owed, but the channel does not get them done by itself. */
@Injectable()
export class RefundQueueService {
  constructor(
    private readonly source: DataSource,
    private readonly channel: PayClient,
    private readonly refunds: RefundsService,
    private readonly driver: RefundDriver,
    private readonly transactor: Transactor,
    private readonly trail: AuditTrail,
    private readonly idempotency: Idempotency,
    private readonly businessTime: BusinessTime,
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
   * Tries a refund again, after whatever was wrong has been put right. One whose account could not take it is only asked about,
   * because the channel takes no second request for it.
   *
   * @throws RequestError if there is no such refund; Refused with RefundNotWaiting
   */
  async retry(id: RefundId, decision: Decision): Promise<Refund> {
    const refund = await this.#waiting(id);
    await this.#writeDown(refundRetried, refund, { isTriedAgain: true }, decision);
    if (refund.status === 'MANUAL') await this.refunds.resume(refund);
    else await this.driver.drive(id);
    return this.source.manager.findOneByOrFail(Refund, { id });
  }

  /**
   * Sends the money of a refund whose account could not take it to a bank card of the buyer, which is the channel's own remedy.
   * The card travels encrypted and is kept nowhere.
   *
   * @throws RequestError if there is no such refund; Refused with RefundNotWaiting if it is not ABNORMAL, or no longer; ChannelError
   */
  async toCard(id: RefundId, card: Card, decision: Decision): Promise<Refund> {
    await this.#waiting(id);
    // It may have gone on meanwhile, or an earlier attempt may have arrived whose answer was lost: the call has no number of its own.
    await this.driver.drive(id);
    const refund = await this.#waiting(id);
    if (refund.status !== 'ABNORMAL' || refund.channelRefundId === null) refuse(new RefundNotWaiting(refund));
    const { bankType, bankAccount, realName } = card;
    const destination = { type: 'USER_BANK_CARD', bankType, bankAccount, realName } as const;
    await this.#writeDown(refundSentToCard, refund, { destination: destination.type, bankType }, decision);
    await this.channel.applyAbnormalRefund(refund.channelRefundId, refund.outRefundNo, destination);
    await this.refunds.resume(refund);
    return this.source.manager.findOneByOrFail(Refund, { id });
  }

  /**
   * Books a refund as paid by a bank transfer. The channel is asked first: it may have paid it after all, and what it still
   * works at it may yet pay, so that must end there first.
   *
   * @throws RequestError if there is no such refund, or it is paid in the future; Refused with RefundNotWaiting; ChannelError
   */
  async settledOutside(by: StaffId, input: RefundSettledOutsideInput): Promise<Refund> {
    const { refundId: id, reference, paidAt, reason, idempotencyKey: key } = input;
    const asked = await this.source.manager.findOneBy(Refund, { id });
    if (asked && isForOperators(asked.status)) await this.#leftByChannel(asked);
    return this.idempotency.once(Refund, { actorId: by, key, input, resultId: id }, async (db) => {
      const now = await this.businessTime.read(db);
      if (paidAt && paidAt > now) throw badInput({ path: 'input.paidAt', texts: NOT_YET });
      const refund = await this.refunds.settleOutside(db, id, { reference, paidAt: paidAt ?? now });
      const { status, amountMinor } = refund;
      const states = {
        before: { status: asked?.status ?? status, amountMinor },
        after: { status, amountMinor, reference },
      };
      await this.trail.record(db, refundPaidOutside, { subject: id, by, reason, ...states });
      return refund;
    });
  }

  /** @throws Refused with RefundNotWaiting if the channel may pay it yet */
  async #leftByChannel(refund: Refund): Promise<void> {
    await this.driver.drive(refund.id);
    const known = await this.channel.queryRefund(refund.outRefundNo);
    if (known?.status === 'PROCESSING') refuse(new RefundNotWaiting(refund));
  }

  /** Before the channel is asked, so that nothing is ever asked of it that is not on record; of a card only the bank is named. */
  #writeDown(
    kind: ActKind<'refund'>,
    { id, status, amountMinor }: Refund,
    does: Facts,
    decision: Decision,
  ): Promise<void> {
    const states = { before: { status, amountMinor }, after: { ...does, amountMinor } };
    return this.transactor.run((db) => this.trail.record(db, kind, { subject: id, ...states, ...decision }));
  }

  async #waiting(id: RefundId): Promise<Refund> {
    const refund = await this.source.manager.findOneBy(Refund, { id });
    if (!refund) throw notFound('input.refundId');
    return isForOperators(refund.status) ? refund : refuse(new RefundNotWaiting(refund));
  }
}
