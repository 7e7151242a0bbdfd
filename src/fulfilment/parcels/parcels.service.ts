import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  AuditTrail,
  BusinessTime,
  type Decision,
  Idempotency,
  idBytes,
  isDuplicate,
  notFound,
  orRefuse,
  refuse,
  type Sealed,
  Transactor,
  Vault,
} from '#common';
import { SkuBatchesService } from '#catalog';
import type { StaffViewer } from '#identity';
import { Jobs } from '#jobs';
import { Order, type OrderId, OrderLine, OrderProgressService } from '#orders';
import { parcelCorrected } from '../fulfilment.acts.js';
import { parcelShipped } from '../fulfilment.jobs.js';
import { receiveBy } from '../receipt/receipt.rules.js';
import { ShippingUploadsService } from '../uploads/shipping-uploads.service.js';
import { Parcel, PARCEL_SEALS, type ParcelId, ParcelLine } from './parcel.entity.js';
import { batchesOf } from './parcel-batches.js';
import type { ParcelCorrectInput, ParcelShipInput } from './parcel.inputs.js';
import { CorrectionUsedUp, ParcelClosed, TrackingNumberTaken } from './parcel.refusals.js';
import { isLast, mayChange, mayTrack, packed, type Packed } from './parcel.rules.js';

type Shipper = Pick<StaffViewer, 'id' | 'supplierId'>;
type Tracking = Pick<ParcelShipInput, 'carrier' | 'trackingNumber'>;

/** Parcels: handed to a carrier by whoever ships, put right, handed over. Every decision holds the order's lock. */
@Injectable()
export class ParcelsService {
  constructor(
    private readonly transactor: Transactor,
    private readonly idempotency: Idempotency,
    private readonly businessTime: BusinessTime,
    private readonly vault: Vault,
    private readonly progress: OrderProgressService,
    private readonly batches: SkuBatchesService,
    private readonly uploads: ShippingUploadsService,
    private readonly jobs: Jobs,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Notes that a parcel of an order was handed to a carrier; with the last of it the order is shipped.
   *
   * @throws RequestError NOT_FOUND if there is no such order or line, or it is another supplier's; Refused with OrderNotToShip,
   *   OrderPromisedBack, UnitsWithheld, TooManyParcels, MoreThanLeftToShip, CarrierUnknown, TrackingNumberUnfit, BatchUnknown or TrackingNumberTaken
   */
  ship(by: Shipper, input: ParcelShipInput): Promise<Parcel> {
    const attempt = { actorId: by.id, key: input.idempotencyKey, input };
    return this.idempotency.once(Parcel, attempt, async (db, id) => {
      const order = await lockOrder(db, by, input.orderId, 'input.orderId');
      const lines = await db.find(OrderLine, { where: { orderId: order.id }, order: { id: 'ASC' } });
      const asked = input.lines ?? null;
      const strange = asked?.findIndex(({ lineId }) => !lines.some((line) => line.id === lineId)) ?? -1;
      if (strange >= 0) throw notFound(`input.lines.${strange}.lineId`);
      const parcels = await db.countBy(Parcel, { orderId: order.id });
      const content = orRefuse(packed({ order, lines, parcels }, asked));
      orRefuse(mayTrack(input));
      const batches = await batchesOf(db, this.batches, lines, asked ?? []);

      const shippedAt = await this.businessTime.read(db);
      const parcel = db.create(Parcel, {
        ...{ id, orderId: order.id, shippedById: by.id, shippedAt, deliveredById: null, deliveredAt: null },
        ...this.#tracking(id, input),
      });
      const batched = content.map((each) => ({ ...each, batchId: batches.get(each.lineId) ?? null }));
      await insertParcel(db, parcel, batched);
      if (isLast(lines, content)) await this.progress.ship(db, order, receiveBy(shippedAt));
      await this.uploads.request(db, order.checkoutId);
      await this.jobs.publish(db, parcelShipped, { parcelId: id });
      return parcel;
    });
  }

  /**
   * Puts the carrier and the number of a parcel right, until its buyer has it. Doing it again changes nothing.
   *
   * @throws RequestError NOT_FOUND if there is no such parcel, or it is another supplier's; Refused with ParcelClosed, CarrierUnknown,
   *   TrackingNumberUnfit, TrackingNumberTaken or CorrectionUsedUp
   */
  correct(by: Shipper, { parcelId, reason, ...said }: ParcelCorrectInput): Promise<Parcel> {
    return this.transactor.run(async (db) => {
      const { parcel, order } = await lockParcel(db, by, parcelId);
      if (!mayChange(order)) refuse(new ParcelClosed(order.status));
      orRefuse(mayTrack(said));
      const next = this.#tracking(parcelId, said);
      const isSame = parcel.carrier === next.carrier && parcel.trackingIndex?.equals(next.trackingIndex);
      if (isSame) return parcel;
      if (!(await this.uploads.mayCorrect(db, order.checkoutId))) refuse(new CorrectionUsedUp());
      await orTaken(db.update(Parcel, { id: parcelId }, next));
      await this.uploads.request(db, order.checkoutId);
      await this.#recordCorrection(db, parcel, next.carrier, { by: by.id, reason });
      return Object.assign(parcel, next);
    });
  }

  /**
   * Notes that a parcel was handed over. Doing it again changes nothing.
   *
   * @throws RequestError NOT_FOUND if there is no such parcel, or it is another supplier's
   */
  deliver(by: Shipper, parcelId: ParcelId): Promise<Parcel> {
    return this.transactor.run(async (db) => {
      const { parcel, order } = await lockParcel(db, by, parcelId);
      if (parcel.deliveredAt) return parcel;
      const delivered = { deliveredAt: await this.businessTime.read(db), deliveredById: by.id };
      await db.update(Parcel, { id: parcelId }, delivered);
      await this.uploads.remindIfDelivered(db, order.checkoutId);
      return Object.assign(parcel, delivered);
    });
  }

  #tracking(
    id: ParcelId,
    { carrier, trackingNumber }: Tracking,
  ): { carrier: string; trackingNumber: Sealed; trackingIndex: Buffer } {
    return {
      carrier,
      trackingNumber: this.vault.seal(PARCEL_SEALS.trackingNumber, id, trackingNumber),
      trackingIndex: this.vault.blindIndex(PARCEL_SEALS.trackingIndex, trackingNumber),
    };
  }

  /** Of the numbers it is only said that they changed. */
  #recordCorrection(db: EntityManager, { id, carrier }: Parcel, next: string, decision: Decision): Promise<void> {
    const states = { before: { carrier }, after: { carrier: next, isNumberCorrected: true } };
    return this.trail.record(db, parcelCorrected, { subject: id, ...states, ...decision });
  }
}

/** Another supplier's order is as good as none. */
async function lockOrder(db: EntityManager, by: Shipper, id: OrderId, path: string): Promise<Order> {
  const order = await db.findOne(Order, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!order || (by.supplierId !== null && order.supplierId !== by.supplierId)) throw notFound(path);
  return order;
}

/** A parcel as it stands under the lock of its order. */
async function lockParcel(db: EntityManager, by: Shipper, id: ParcelId): Promise<{ parcel: Parcel; order: Order }> {
  const path = 'input.parcelId';
  const known = await db.findOneBy(Parcel, { id });
  if (!known) throw notFound(path);
  const order = await lockOrder(db, by, known.orderId, path);
  return { parcel: await db.findOneByOrFail(Parcel, { id }), order };
}

/** Writes a parcel down and counts what is in it; a line never has more shipped than it has, whatever was read before. */
async function insertParcel(
  db: EntityManager,
  parcel: Parcel,
  content: readonly (Packed & Pick<ParcelLine, 'batchId'>)[],
): Promise<void> {
  await orTaken(db.insert(Parcel, parcel));
  await db.insert(
    ParcelLine,
    content.map((each) => ({ ...each, parcelId: parcel.id })),
  );
  const { affectedRows } = await db.query<{ affectedRows: number }>(
    `UPDATE order_line JOIN parcel_line ON parcel_line.line_id = order_line.id
     SET shipped_quantity = shipped_quantity + parcel_line.quantity
     WHERE parcel_id = ? AND shipped_quantity + cancelled_quantity + withheld_quantity + parcel_line.quantity <= order_line.quantity`,
    [idBytes(parcel.id)],
  );
  assert(affectedRows === content.length, `${parcel.id} has more in it than was left`);
}

/** No carrier gives a number twice. */
async function orTaken(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    refuse(new TrackingNumberTaken());
  }
}
