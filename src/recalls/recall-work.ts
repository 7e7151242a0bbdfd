import assert from 'node:assert/strict';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Between, type EntityManager, IsNull } from 'typeorm';
import { type BulkAct, BulkActsService, type BulkProblem, type BulkSize, type BulkWork, BulkWorks } from '#audit';
import { BatchUnknown, SalesService, Sku, SkuBatch } from '#catalog';
import { AuditTrail, BusinessTime, newId, notFound, refuse, Refused, Transactor } from '#common';
import type { StaffId } from '#identity';
import { Order, OrderLine, RefundingService, unrefunded } from '#orders';
import { RefundsService } from '#payments';
import { recallRefunded } from './recall.acts.js';
import { Recall } from './recall.entity.js';
import type { RecallProposeInput } from './recall.inputs.js';
import { RecallItem } from './recall-item.entity.js';
import { unitsToRefund } from './recall.rules.js';
import { refundedBefore, sizeOf, takeDown } from './recall.snapshot.js';

type Proposal = Pick<RecallProposeInput, 'skuId' | 'batchNumber' | 'advice'> & { readonly onlyCertain: boolean };
const LOCK = { mode: 'pessimistic_write' } as const;

/** Recalls a batch: finds whom some of it was sent to, and gives them their money back once two operators have said so. */
@Injectable()
export class RecallWork implements BulkWork<Proposal>, OnModuleInit {
  readonly kind = 'recalls.recall';

  constructor(
    private readonly works: BulkWorks,
    private readonly acts: BulkActsService,
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly sales: SalesService,
    private readonly refunding: RefundingService,
    private readonly refunds: RefundsService,
    private readonly trail: AuditTrail,
  ) {}

  onModuleInit(): void {
    this.works.register(this);
  }

  /** @throws RequestError NOT_FOUND if there is no such SKU; Refused with BatchUnknown */
  propose(by: StaffId, { reason, idempotencyKey, ...proposal }: RecallProposeInput): Promise<BulkAct> {
    const { skuId, batchNumber, advice, onlyCertain } = proposal;
    const input = { skuId, batchNumber, advice, onlyCertain: onlyCertain ?? false };
    return this.acts.propose(by, { kind: this.kind, input, reason, idempotencyKey });
  }

  /** Takes down whom it is about, so that it is the same list whoever works it off, and whenever. */
  async describe(
    db: EntityManager,
    proposal: Proposal,
    { id: bulkActId, reason }: Pick<BulkAct, 'id' | 'reason'>,
  ): Promise<BulkSize> {
    const { skuId, batchNumber, advice, onlyCertain } = proposal;
    if (!(await db.existsBy(Sku, { id: skuId }))) throw notFound('input.skuId');
    const batch = await db.findOneBy(SkuBatch, { skuId, number: batchNumber });
    if (!batch) refuse(new BatchUnknown(batchNumber));
    const recall = {
      id: newId('recall'),
      bulkActId,
      skuId,
      batchId: batch.id,
      batchNumber,
      reason,
      advice,
      onlyCertain,
    };
    await db.insert(Recall, { ...recall, proposedAt: await this.businessTime.read(db) });
    await takeDown(db, recall.id, batch, { onlyCertain });
    return { ...(await sizeOf(db, recall.id)), currency: 'CNY' };
  }

  /** Before the first item the goods go off sale; what of them was not shipped is left to people to count out. */
  async chunk(act: BulkAct, _proposal: Proposal, from: number, count: number): Promise<BulkProblem[]> {
    const db = this.transactor;
    const recall = await db.run((reading) => reading.findOneByOrFail(Recall, { bulkActId: act.id }));
    if (from === 0) await this.#stopSale(act, recall);
    const items = await db.run((reading) =>
      reading.find(RecallItem, {
        where: { recallId: recall.id, seq: Between(from + 1, from + count) },
        order: { seq: 'ASC' },
      }),
    );
    const problems: BulkProblem[] = [];
    for (const item of items) {
      const problem = await this.#refund(act, recall, item);
      if (problem !== null) problems.push({ subject: item.orderId, problem });
    }
    return problems;
  }

  async #stopSale({ decidedById: by, reason }: BulkAct, { skuId }: Recall): Promise<void> {
    assert(by !== null, 'nobody has approved this');
    await this.transactor.run(async (db) => {
      const { productId } = await db.findOneByOrFail(Sku, { id: skuId });
      await this.sales.stop(db, productId, { by, reason });
    });
  }

  /** Once for each item, whoever does it and however often; null if the money goes back. */
  async #refund(act: BulkAct, recall: Recall, item: RecallItem): Promise<string | null> {
    try {
      return await this.transactor.run((db) => this.#refundOnce(db, act, recall, item));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const problem = error.refusal.constructor.name;
      const { recallId, seq } = item;
      await this.transactor.run((db) => db.update(RecallItem, { recallId, seq, refundId: IsNull() }, { problem }));
      return problem;
    }
  }

  async #refundOnce(
    db: EntityManager,
    act: BulkAct,
    recall: Recall,
    { recallId, seq, orderId, lineId }: RecallItem,
  ): Promise<string | null> {
    const order = await db.findOneOrFail(Order, { where: { id: orderId }, lock: LOCK });
    const item = await db.findOneOrFail(RecallItem, { where: { recallId, seq }, lock: LOCK });
    if (item.refundId !== null || item.problem !== null) return item.problem;
    const line = await db.findOneByOrFail(OrderLine, { id: lineId });
    const before = await refundedBefore(db, recall.batchId, lineId);
    const quantity = unitsToRefund({ quantity: item.quantity, refundedBefore: before, unrefunded: unrefunded(line) });
    if (quantity === 0) {
      await db.update(RecallItem, { recallId, seq }, { problem: 'NothingLeft' });
      return 'NothingLeft';
    }
    const { refundingMinor } = order;
    const by = { operatorId: act.proposedById, note: recall.reason };
    const units = [{ lineId, quantity, isShipped: true }];
    const { refund, shares } = await this.refunding.refundUnits(db, order, { reason: 'RECALL', units, by });
    await this.refunds.leaveRoom(db, refund);
    const { amountMinor } = shares;
    const done = { refundId: refund.id, refundedQuantity: quantity, refundedMinor: amountMinor };
    await db.update(RecallItem, { recallId, seq }, done);
    await this.trail.record(db, recallRefunded, {
      ...{ subject: orderId, by: act.proposedById, reason: act.reason },
      before: { refundingMinor },
      after: { refundingMinor: refundingMinor + amountMinor, refundId: refund.id, amountMinor, recallId },
    });
    return null;
  }
}
