import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, IsNull, MoreThan } from 'typeorm';
import {
  AuditTrail,
  type Decision,
  decodeIdCursor,
  idBytes,
  move,
  newId,
  notFound,
  type Page,
  type PageArgs,
  pageOf,
  refuse,
  Transactor,
} from '#common';
import { type JobClaim, Jobs } from '#jobs';
import { Checkout, type CheckoutId, Order, type OrderId, OrderLine } from '#orders';
import { shippingUploadRetried } from '../fulfilment.acts.js';
import { remindReceipt, uploadShipping } from '../fulfilment.jobs.js';
import { Parcel } from '../parcels/parcel.entity.js';
import { ShippingUpload, type ShippingUploadId, type ShippingUploadStatus } from './shipping-upload.entity.js';
import { CORRECTIONS_MAX, areAllShipped, uploadLife } from './upload.rules.js';
import { ShippingUploadNotStuck } from './upload.refusals.js';

const LOCK = { mode: 'pessimistic_write' } as const;

/** What WeChat is to be told of the shipping of payments, in our books. `UploadDriver` talks with WeChat about it. */
@Injectable()
export class ShippingUploadsService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly jobs: Jobs,
    private readonly trail: AuditTrail,
  ) {}

  /** Has WeChat told what has changed, as part of the transaction that changes it; of what cost nothing it knows nothing. */
  async request(db: EntityManager, checkoutId: CheckoutId): Promise<void> {
    const { payableMinor } = await db.findOneByOrFail(Checkout, { id: checkoutId });
    if (payableMinor === 0) return;
    // Suppliers of one payment may ship at once: whoever comes second waits here for the first, and goes on with the same row.
    await db.query(
      `INSERT INTO shipping_upload (id, checkout_id, status, revision) VALUES (?, ?, 'PENDING', 0)
       ON DUPLICATE KEY UPDATE checkout_id = VALUES(checkout_id)`,
      [idBytes(newId('upload')), idBytes(checkoutId)],
    );
    await this.#renew(db, await db.findOneOrFail(ShippingUpload, { where: { checkoutId }, lock: LOCK }));
  }

  /** Tells WeChat as well that nothing more of a payment will come, if the rest of it was given back and some of it was shipped. */
  async noteRefund(orderId: OrderId, claim: JobClaim): Promise<void> {
    await this.transactor.run(async (db) => {
      await claim.close(db);
      const { checkoutId } = await db.findOneByOrFail(Order, { id: orderId });
      const upload = await db.findOne(ShippingUpload, { where: { checkoutId }, lock: LOCK });
      if (upload) await this.#renew(db, upload);
    });
  }

  /** Whether WeChat still takes a correction of what a payment's parcels say. */
  async mayCorrect(db: EntityManager, checkoutId: CheckoutId): Promise<boolean> {
    const upload = await db.findOne(ShippingUpload, { where: { checkoutId }, lock: LOCK });
    return !upload || (upload.status !== 'CLOSED' && upload.finishShippingCount <= CORRECTIONS_MAX);
  }

  /** Has the buyer reminded once everything that a payment has bought was handed over; as part of the caller's transaction. */
  async remindIfDelivered(db: EntityManager, checkoutId: CheckoutId): Promise<void> {
    const upload = await db.findOneBy(ShippingUpload, { checkoutId });
    if (!upload || upload.remindedAt) return;
    const orders = await db.findBy(Order, { checkoutId });
    const orderId = In(orders.map(({ id }) => id));
    const lines = await db.findBy(OrderLine, { orderId });
    const isShipped = areAllShipped(orders, lines);
    if (!isShipped || (await db.existsBy(Parcel, { orderId, deliveredAt: IsNull() }))) return;
    await this.jobs.enqueue(db, remindReceipt, { uploadId: upload.id });
  }

  /** Those at a status, oldest first. */
  async page(status: ShippingUploadStatus, { first, after }: PageArgs): Promise<Page<ShippingUpload>> {
    const last = decodeIdCursor(after, 'upload');
    const uploads = await this.source.manager.find(ShippingUpload, {
      where: { status, ...(last ? { id: MoreThan(last) } : {}) },
      order: { id: 'ASC' },
      take: first + 1,
    });
    return pageOf(uploads, first, ({ id }) => [id]);
  }

  /**
   * Sends again what WeChat did not take, after whatever was wrong has been put right.
   *
   * @throws RequestError if there is no such upload; Refused with ShippingUploadNotStuck
   */
  retry(id: ShippingUploadId, decision: Decision): Promise<ShippingUpload> {
    return this.transactor.run(async (db) => {
      const upload = await db.findOne(ShippingUpload, { where: { id }, lock: LOCK });
      if (!upload) throw notFound('input.uploadId');
      if (upload.status !== 'STUCK') refuse(new ShippingUploadNotStuck(upload));
      const before = { status: upload.status, failures: upload.failures };
      await this.#renew(db, upload);
      const after = { status: upload.status, failures: upload.failures };
      await this.trail.record(db, shippingUploadRetried, { subject: id, before, after, ...decision });
      return upload;
    });
  }

  /** Something has changed, so even what was stuck may be taken now. */
  async #renew(db: EntityManager, upload: ShippingUpload): Promise<void> {
    if (upload.status === 'CLOSED') return;
    const fresh = { revision: upload.revision + 1, failures: 0 };
    if (upload.status === 'PENDING') await db.update(ShippingUpload, { id: upload.id }, fresh);
    else await move(db, ShippingUpload, uploadLife, upload, 'PENDING', fresh);
    await this.jobs.enqueue(db, uploadShipping, { uploadId: upload.id });
  }
}
