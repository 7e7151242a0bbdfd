import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { idBytes } from '#common';
import { type NewRefund, PaymentsService, type Refund, RefundsService } from '#payments';
import { lastShares, type LineShare } from './line-refund.rules.js';
import { Order } from '../order.entity.js';
import { OrderLine } from '../order-line.entity.js';
import { SettlingService } from '../settlement/settling.service.js';
import { RefundLine } from './refund-line.entity.js';

export type Promised = Pick<NewRefund, 'id' | 'reason' | 'amountMinor' | 'by'>;

/** Promises money of an order back: the refund, what it is for by line, and what the order counts of both. */
@Injectable()
export class RefundPromises {
  constructor(
    private readonly payments: PaymentsService,
    private readonly refunds: RefundsService,
    private readonly settling: SettlingService,
  ) {}

  /**
   * Makes a refund of an order, whose lock the caller holds, as part of the caller's transaction.
   *
   * @param shares what it is for; if it is said by amount alone, it is for no line unless it is the last of the order's money
   */
  async make(db: EntityManager, order: Order, refund: Promised, shares?: readonly LineShare[]): Promise<Refund> {
    const refundingMinor = order.refundingMinor + refund.amountMinor;
    await db.update(Order, { id: order.id }, { refundingMinor });
    order.refundingMinor = refundingMinor;
    const capture = await this.payments.captureOf(db, order.checkoutId);
    const row = await this.refunds.create(db, { ...refund, capture, orderId: order.id, account: `order:${order.id}` });
    if (order.status === 'COMPLETED') await this.settling.takeBack(db, order, row);
    await writeLines(db, row, shares ?? (await sharesOfAmount(db, order, refund.amountMinor)));
    return row;
  }
}

async function sharesOfAmount(db: EntityManager, order: Order, amountMinor: number): Promise<LineShare[]> {
  if (order.refundingMinor < order.payableMinor) return [];
  return lastShares(await db.find(OrderLine, { where: { orderId: order.id }, order: { id: 'ASC' } }), amountMinor);
}

/** Never more units of a line go back than were bought, and never are more cancelled than are not shipped, whatever was read before. */
async function writeLines(db: EntityManager, { id: refundId }: Refund, shares: readonly LineShare[]): Promise<void> {
  if (shares.length === 0) return;
  await db.insert(
    RefundLine,
    shares.map((share) => ({ ...share, refundId })),
  );
  const { affectedRows } = await db.query<{ affectedRows: number }>(
    `UPDATE order_line JOIN refund_line ON refund_line.line_id = order_line.id
     SET refunding_quantity = refunding_quantity + refund_line.quantity, refunding_minor = refunding_minor + refund_line.amount_minor,
       order_line.cancelled_quantity = order_line.cancelled_quantity + refund_line.cancelled_quantity
     WHERE refund_id = ? AND refunding_quantity + refund_line.quantity <= order_line.quantity
       AND shipped_quantity + withheld_quantity + order_line.cancelled_quantity + refund_line.cancelled_quantity <= order_line.quantity`,
    [idBytes(refundId)],
  );
  assert(affectedRows === shares.length, `${refundId} gives back more units than were left`);
}
