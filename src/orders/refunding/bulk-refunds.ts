import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { type BulkAct, BulkActsService, type BulkProblem, type BulkSize, type BulkWork, BulkWorks } from '#audit';
import { idSuffix, notFound, Refused, sumMinor } from '#common';
import type { StaffId } from '#identity';
import { Order, type OrderId } from '../order.entity.js';
import type { OrdersRefundInput } from '../order.inputs.js';
import { RefundingService } from './refunding.service.js';

interface Refunds {
  readonly orderIds: readonly OrderId[];
}

/** Gives back what is left of many orders at once, after two operators have said so. */
@Injectable()
export class BulkRefunds implements BulkWork<Refunds>, OnModuleInit {
  readonly kind = 'orders.refund';

  constructor(
    private readonly works: BulkWorks,
    private readonly acts: BulkActsService,
    private readonly refunding: RefundingService,
  ) {}

  onModuleInit(): void {
    this.works.register(this);
  }

  propose(by: StaffId, { orderIds, note: reason, idempotencyKey }: OrdersRefundInput): Promise<BulkAct> {
    return this.acts.propose(by, { kind: this.kind, input: { orderIds }, reason, idempotencyKey });
  }

  /** @throws RequestError NOT_FOUND if there is no such order */
  async describe(db: EntityManager, { orderIds }: Refunds): Promise<BulkSize> {
    const orders = await db.findBy(Order, { id: In([...orderIds]) });
    const known = new Set(orders.map(({ id }) => id));
    const strange = orderIds.findIndex((id) => !known.has(id));
    if (strange >= 0) throw notFound(`input.orderIds.${strange}`);
    const amountMinor = sumMinor(orders.map(({ payableMinor, refundingMinor }) => payableMinor - refundingMinor));
    return { itemsTotal: orderIds.length, amountMinor, currency: 'CNY' };
  }

  async chunk(act: BulkAct, { orderIds }: Refunds, from: number, count: number): Promise<BulkProblem[]> {
    const problems: BulkProblem[] = [];
    for (const orderId of orderIds.slice(from, from + count)) {
      const problem = await this.#refund(act, orderId);
      if (problem !== null) problems.push({ subject: orderId, problem });
    }
    return problems;
  }

  /** The key is the same whoever does it and however often, so no order is given back twice. */
  async #refund({ id, proposedById, reason: note }: BulkAct, orderId: OrderId): Promise<string | null> {
    const idempotencyKey = `bulk-${idSuffix(id)}-${idSuffix(orderId)}`;
    try {
      await this.refunding.refundRest(proposedById, { orderId, note, idempotencyKey });
      return null;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return error.refusal.constructor.name;
    }
  }
}
