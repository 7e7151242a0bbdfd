import { isDeepStrictEqual } from 'node:util';
import type { Books, Capture } from './books.js';
import { ApiError, ControlError } from './errors.js';
import { numberedRefusal } from './refusals.js';
import type { OrderKey, ShippingSaid, ShippingUpload } from './shipping.inputs.js';
import type { Store, Table } from './store.js';

/** What WeChat knows of how a payment's goods are sent. */
export interface Shipment extends ShippingSaid {
  readonly transactionId: string;
  readonly uploadTimeMs: number;
  /** How often it was uploaded, for whoever tests. */
  readonly uploads: number;
  /** The one chance to say it anew was used. */
  readonly isReshipped: boolean;
  readonly isReminded: boolean;
  /** The buyer has confirmed the receipt, and the money is free. */
  readonly isOver: boolean;
}

/** What a shop has told of its shipping (发货信息管理, `wechat.md` 1.9). Each upload states the whole. */
export class Shipments {
  readonly #shipments: Table<Shipment>;

  constructor(
    store: Store,
    private readonly books: Books,
  ) {
    this.#shipments = store.table('shipments');
  }

  get all(): Shipment[] {
    return [...this.#shipments.values()];
  }

  of(transactionId: string): Shipment | undefined {
    return this.#shipments.get(transactionId);
  }

  /** 0 until all is said to be shipped, then 1, and 2 if it was said anew. */
  finishedCount(transactionId: string): number {
    const shipment = this.of(transactionId);
    if (!shipment?.isAllDelivered) return 0;
    return shipment.isReshipped ? 2 : 1;
  }

  /** 1 to ship, 2 shipped, 4 finished, 5 refunded. */
  stateOf(capture: Capture): number {
    if (this.#isRefunded(capture)) return 5;
    const shipment = this.of(capture.transactionId);
    if (shipment?.isOver) return 4;
    return shipment?.isAllDelivered ? 2 : 1;
  }

  /** @throws ApiError 10060001 if nobody has paid so */
  paid(order: OrderKey): Capture {
    const capture =
      'transactionId' in order
        ? this.books.captures.get(order.transactionId)
        : this.books.capturesOf(order.outTradeNo).at(0);
    if (!capture) throw numberedRefusal('10060001');
    return capture;
  }

  /** @throws ApiError that says why it cannot be taken */
  upload({ order, openid, uploadTimeMs, ...said }: ShippingUpload): void {
    const capture = this.paid(order);
    if (capture.openid !== openid) throw numberedRefusal('10060031');
    if (this.#isRefunded(capture)) throw numberedRefusal('10060004');
    const { transactionId } = capture;
    const before = this.of(transactionId);
    if (!before) {
      const fresh = { uploads: 1, isReshipped: false, isReminded: false, isOver: false };
      this.#put({ ...said, ...fresh, transactionId, uploadTimeMs });
      return;
    }
    if (before.isOver) throw numberedRefusal('10060002');
    if (uploadTimeMs <= before.uploadTimeMs) throw numberedRefusal('268485216');
    if (isDeepStrictEqual(said, saidIn(before))) throw numberedRefusal('10060023');
    const isAnew =
      before.isAllDelivered || before.deliveryMode !== said.deliveryMode || before.logisticsType !== said.logisticsType;
    if (isAnew && before.isReshipped) throw numberedRefusal('10060003');
    const isReshipped = before.isReshipped || isAnew;
    this.#put({ ...before, ...said, uploadTimeMs, isReshipped, uploads: before.uploads + 1 });
  }

  /** @throws ApiError if it was not shipped by express yet, or the buyer was reminded already */
  remind(order: OrderKey): void {
    const { transactionId } = this.paid(order);
    const shipment = this.of(transactionId);
    if (!shipment?.isAllDelivered || shipment.logisticsType !== 1) throw numberedRefusal('10060004');
    // WeChat says that it reminds once, and not by which number it refuses the second time.
    if (shipment.isReminded) throw new ApiError(10060014, 'reminded already');
    this.#put({ ...shipment, isReminded: true });
  }

  /**
   * Has the buyer confirm the receipt in WeChat.
   *
   * @throws ControlError SHIPMENT_NOT_FOUND
   */
  finish(transactionId: string): void {
    const shipment = this.of(transactionId);
    if (!shipment) throw new ControlError(404, 'SHIPMENT_NOT_FOUND', 'nothing was uploaded for this payment');
    this.#put({ ...shipment, isOver: true });
  }

  #put(shipment: Shipment): void {
    this.#shipments.put(shipment.transactionId, shipment);
  }

  #isRefunded({ transactionId, amountMinor }: Capture): boolean {
    const repaid = this.books.refundsOf(transactionId).filter(({ status }) => status === 'SUCCESS');
    return repaid.reduce((sum, refund) => sum + refund.amountMinor, 0) >= amountMinor;
  }
}

function saidIn({ logisticsType, deliveryMode, isAllDelivered, parcels }: Shipment): ShippingSaid {
  return { logisticsType, deliveryMode, isAllDelivered, parcels };
}
