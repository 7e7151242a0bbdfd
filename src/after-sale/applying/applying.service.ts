import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BusinessTime, Idempotency, notFound, orRefuse, refuse } from '#common';
import type { UserId } from '#identity';
import { type ImageId, ImagesService } from '#media';
import { Order, OrderLine, OrderNotRefundable, sharesOf, type Shares } from '#orders';
import { AfterSale, type AfterSaleId } from '../cases/after-sale.entity.js';
import { AfterSaleImage } from '../cases/after-sale-line.entity.js';
import { CaseBook } from '../cases/case-book.js';
import type { AfterSaleApplyInput } from './application.inputs.js';
import { isUnshipped, mayApply } from './application.rules.js';

/** How a case begins. */
@Injectable()
export class ApplyingService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly businessTime: BusinessTime,
    private readonly images: ImagesService,
    private readonly book: CaseBook,
  ) {}

  /**
   * Asks for the money of units of one's own order. Their units are nobody else's to ask for, and not to be shipped if they are not yet.
   *
   * @throws RequestError NOT_FOUND if there is no such order or line of the buyer's own; Refused with what AfterSaleApplyResult names
   */
  apply(buyerId: UserId, input: AfterSaleApplyInput): Promise<AfterSale> {
    return this.idempotency.once(AfterSale, { actorId: buyerId, key: input.idempotencyKey, input }, async (db, id) => {
      const imageIds = input.imageIds ?? [];
      await this.images.keepEvidence(db, buyerId, imageIds);
      const order = await ownOrder(db, buyerId, input);
      const lines = await db.find(OrderLine, { where: { orderId: order.id }, order: { id: 'ASC' } });
      const strange = input.lines.findIndex(({ lineId }) => !lines.some((line) => line.id === lineId));
      if (strange >= 0) throw notFound(`input.lines.${strange}.lineId`);
      const appliedAt = await this.businessTime.read(db);
      orRefuse(mayApply(order, lines, { ...input, images: imageIds.length }, appliedAt));
      const shares = sharesOf(order, lines, input.lines);
      if (shares.amountMinor === 0) refuse(new OrderNotRefundable(order.status));
      const row = await this.book.open(db, caseOf(id, order, input, { appliedAt, shares }), claimsOf(input, shares), {
        ...{ actor: 'BUYER', note: input.note ?? null },
      });
      await insertImages(db, id, imageIds);
      return row;
    });
  }
}

/** Somebody else's order is as good as none. */
async function ownOrder(db: EntityManager, buyerId: UserId, { orderId: id }: AfterSaleApplyInput): Promise<Order> {
  const order = await db.findOne(Order, { where: { id, buyerId }, lock: { mode: 'pessimistic_write' } });
  if (!order) throw notFound('input.orderId');
  return order;
}

function caseOf(
  id: AfterSaleId,
  order: Order,
  { kind, reason }: AfterSaleApplyInput,
  { appliedAt, shares: { freightMinor, amountMinor } }: { readonly appliedAt: Date; readonly shares: Shares },
): Parameters<CaseBook['open']>[1] {
  const { id: orderId, buyerId, supplierId, currency } = order;
  return {
    ...{ id, orderId, buyerId, supplierId, kind, reason, isUnshipped: isUnshipped(order) },
    ...{ isAppealed: false, isResaleable: null, freightMinor, amountMinor, currency, refundId: null },
    ...{ carrier: null, trackingNumber: null, appliedAt, sentAt: null },
  };
}

/** What goes back for each line that was asked for; the last of an order's money has the others in it as well, for nothing. */
function claimsOf({ lines }: AfterSaleApplyInput, shares: Shares): Parameters<CaseBook['open']>[2] {
  return lines.map(({ lineId, quantity }) => {
    const share = shares.lines.find((each) => each.lineId === lineId);
    return { lineId, quantity, amountMinor: share?.amountMinor ?? 0 };
  });
}

async function insertImages(db: EntityManager, afterSaleId: AfterSaleId, imageIds: readonly ImageId[]): Promise<void> {
  if (imageIds.length === 0) return;
  await db.insert(
    AfterSaleImage,
    imageIds.map((imageId, index) => ({ imageId, afterSaleId, position: index + 1 })),
  );
}
