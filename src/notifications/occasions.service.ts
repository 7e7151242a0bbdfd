import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { AfterSale, type AfterSaleId, AfterSaleLine, AfterSaleStep } from '#after-sale';
import { BusinessTime, type Id, Transactor } from '#common';
import { Parcel, type ParcelId, ParcelLine } from '#fulfilment';
import type { JobClaim } from '#jobs';
import { type LineId, Order, type OrderId, OrderLine } from '#orders';
import { Refund, type RefundId } from '#payments';
import { Seat, type SeatId, Team, type TeamId } from '#teams';
import { InboxService, type News } from './inbox/inbox.service.js';
import type { MessageKind } from './kinds/message-kind.js';

interface Occasion {
  readonly kind: MessageKind;
  readonly news: readonly News[];
}

/** Of what people are told: read from what has happened, in the transaction that tells it. */
@Injectable()
export class OccasionsService {
  constructor(
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly inbox: InboxService,
  ) {}

  /** Every member hears that the team has formed. */
  teamFormed(teamId: TeamId, claim: JobClaim): Promise<void> {
    return this.#tell(claim, async (db) => {
      const team = await db.findOneByOrFail(Team, { id: teamId });
      const seats = await db.findBy(Seat, { teamId, status: In(['CONFIRMED', 'REFUNDED_AFTER']) });
      const titles = await titlesOf(
        db,
        seats.map(({ orderId }) => orderId),
      );
      // The team formed with the last of its payments.
      const at = new Date(Math.max(...seats.map(({ paidAt }) => paidAt?.getTime() ?? 0))).toISOString();
      const news = seats.map(({ buyerId, orderId }) => ({
        ...{ userId: buyerId, subjectId: teamId, occasionId: teamId },
        params: { title: titles.get(orderId) ?? '', size: team.size, at },
      }));
      return { kind: 'TEAM_FORMED', news };
    });
  }

  /** Whoever had paid hears that the team has failed; whoever had left it knows. */
  teamFailed(seatId: SeatId, claim: JobClaim): Promise<void> {
    return this.#tell(claim, async (db) => {
      const { buyerId, orderId, teamId } = await db.findOneByOrFail(Seat, { id: seatId });
      const { payableMinor } = await db.findOneByOrFail(Order, { id: orderId });
      const titles = await titlesOf(db, [orderId]);
      const at = (await this.businessTime.read(db)).toISOString();
      const params = { title: titles.get(orderId) ?? '', amountMinor: payableMinor, at };
      return { kind: 'TEAM_FAILED', news: [{ userId: buyerId, subjectId: teamId, occasionId: teamId, params }] };
    });
  }

  parcelShipped(parcelId: ParcelId, claim: JobClaim): Promise<void> {
    return this.#tell(claim, async (db) => {
      const { orderId, carrier, shippedAt } = await db.findOneByOrFail(Parcel, { id: parcelId });
      const { buyerId } = await db.findOneByOrFail(Order, { id: orderId });
      const packed = await db.findBy(ParcelLine, { parcelId });
      const title = await titleOfLines(
        db,
        packed.map(({ lineId }) => lineId),
      );
      const params = { title, carrier, at: shippedAt.toISOString() };
      return { kind: 'PARCEL_SHIPPED', news: [{ userId: buyerId, subjectId: orderId, occasionId: parcelId, params }] };
    });
  }

  refundSucceeded(refundId: RefundId, orderId: OrderId, claim: JobClaim): Promise<void> {
    return this.#tell(claim, async (db) => {
      const { amountMinor, succeededAt, createdAt } = await db.findOneByOrFail(Refund, { id: refundId });
      const { buyerId } = await db.findOneByOrFail(Order, { id: orderId });
      const titles = await titlesOf(db, [orderId]);
      const params = { title: titles.get(orderId) ?? '', amountMinor, at: (succeededAt ?? createdAt).toISOString() };
      const news = [{ userId: buyerId, subjectId: orderId, occasionId: refundId, params }];
      return { kind: 'REFUND_SUCCEEDED', news };
    });
  }

  afterSaleDecided(
    { afterSaleId, stepId, isApproved }: { afterSaleId: AfterSaleId; stepId: Id<'step'>; isApproved: boolean },
    claim: JobClaim,
  ): Promise<void> {
    return this.#tell(claim, async (db) => {
      const { buyerId, amountMinor } = await db.findOneByOrFail(AfterSale, { id: afterSaleId });
      const { movedAt } = await db.findOneByOrFail(AfterSaleStep, { id: stepId });
      const claimed = await db.findBy(AfterSaleLine, { afterSaleId });
      const title = await titleOfLines(
        db,
        claimed.map(({ lineId }) => lineId),
      );
      const params = { title, amountMinor, isApproved, at: movedAt.toISOString() };
      const news = [{ userId: buyerId, subjectId: afterSaleId, occasionId: stepId, params }];
      return { kind: 'AFTER_SALE_DECIDED', news };
    });
  }

  #tell(claim: JobClaim, read: (db: EntityManager) => Promise<Occasion>): Promise<void> {
    return this.transactor.run(async (db) => {
      const { kind, news } = await read(db);
      await this.inbox.tell(db, kind, news);
      await claim.close(db);
    });
  }
}

/** What some orders are called: by the first of their lines, and how many more there are. */
async function titlesOf(db: EntityManager, orderIds: readonly OrderId[]): Promise<ReadonlyMap<OrderId, string>> {
  const lines = await db.find(OrderLine, { where: { orderId: In(orderIds) }, order: { id: 'ASC' } });
  return new Map(orderIds.map((id) => [id, titleOf(lines.filter(({ orderId }) => orderId === id))]));
}

async function titleOfLines(db: EntityManager, ids: readonly LineId[]): Promise<string> {
  return titleOf(await db.find(OrderLine, { where: { id: In(ids) }, order: { id: 'ASC' } }));
}

function titleOf([first, ...others]: readonly OrderLine[]): string {
  const title = first?.title ?? '';
  return others.length === 0 ? title : `${title} +${others.length}`;
}
