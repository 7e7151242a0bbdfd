import { Injectable } from '@nestjs/common';
import { MiniProgramHttp } from './mini-program.http.js';
import type { Reader } from './reader.js';
import { TokenStore } from './token.store.js';

/** WeChat's numbers for what we use: our order is known by WeChat's own number of the payment, and goods come as parcels. */
const BY_TRANSACTION_ID = 2;
const EXPRESS = 1;
const DELIVERY_MODES = { UNIFIED: 1, SPLIT: 2 } as const;

/** How the goods of a payment are sent: all in one parcel, or in several. */
export type DeliveryMode = keyof typeof DELIVERY_MODES;

/** How many parcels WeChat lists for one payment. */
export const PARCELS_PER_PAYMENT_MAX = 15;
/** As many characters of what is in a parcel as WeChat takes. */
export const ITEM_DESCRIPTION_CHARACTERS_MAX = 120;

export interface ParcelOnItsWay {
  /** WeChat's id of the carrier. */
  readonly carrierId: string;
  readonly trackingNumber: string;
  /** What is in it, 1 to 120 characters. */
  readonly itemDescription: string;
  /** The receiver's number with all but the last four digits masked; only some carriers want it. */
  readonly receiverContact: string | null;
}

/** Everything that has been shipped for a payment so far. */
export interface Shipping {
  readonly transactionId: string;
  readonly mode: DeliveryMode;
  /** Whether nothing more will come. UNIFIED says so by itself. */
  readonly isAllDelivered: boolean;
  readonly parcels: readonly ParcelOnItsWay[];
  /** Later than that of any upload before. */
  readonly uploadedAt: Date;
  /** Who paid. */
  readonly openid: string;
}

/** What WeChat has on record of the shipping of a payment. */
export interface ShippingRecord {
  /** How often the shipping was finished: 0 not yet, 1, or 2 when it was uploaded anew, after which WeChat takes nothing more. */
  readonly finishedCount: number;
}

/** Tells WeChat what has been shipped, which frees the money of a payment once the buyer has the goods (发货信息管理). */
@Injectable()
export class ShippingClient {
  constructor(
    private readonly tokens: TokenStore,
    private readonly http: MiniProgramHttp,
  ) {}

  /**
   * Uploads all that has been shipped for a payment.
   *
   * @throws ChannelError whose code is the errcode, in digits
   */
  upload({ transactionId, mode, isAllDelivered, parcels, uploadedAt, openid }: Shipping): Promise<void> {
    const body = {
      order_key: { order_number_type: BY_TRANSACTION_ID, transaction_id: transactionId },
      logistics_type: EXPRESS,
      delivery_mode: DELIVERY_MODES[mode],
      ...(mode === 'SPLIT' && { is_all_delivered: isAllDelivered }),
      shipping_list: parcels.map(parcelOnWire),
      upload_time: uploadedAt.toISOString(),
      payer: { openid },
    };
    return this.#post('/wxa/sec/order/upload_shipping_info', body, nothing);
  }

  /**
   * What WeChat has on record of a payment's shipping.
   *
   * @throws ChannelError
   */
  ask(transactionId: string): Promise<ShippingRecord> {
    const read = (reply: Reader): ShippingRecord => ({
      finishedCount: reply.object('order').object('shipping').integerOrNull('finish_shipping_count') ?? 0,
    });
    return this.#post('/wxa/sec/order/get_order', { transaction_id: transactionId }, read);
  }

  /**
   * Has WeChat remind the buyer to confirm the receipt of what was delivered; it does so once for a payment.
   *
   * @throws ChannelError
   */
  remind(transactionId: string, receivedAt: Date): Promise<void> {
    const body = { transaction_id: transactionId, received_time: Math.floor(receivedAt.getTime() / 1_000) };
    return this.#post('/wxa/sec/order/notify_confirm_receive', body, nothing);
  }

  #post<T>(path: string, body: object, read: (reply: Reader) => T): Promise<T> {
    return this.tokens.use((accessToken) =>
      this.http.call({ method: 'POST', path, query: { access_token: accessToken }, body }, read),
    );
  }
}

/** What is read of a reply that says no more than yes. */
function nothing(): void {
  return undefined;
}

function parcelOnWire({ carrierId, trackingNumber, itemDescription, receiverContact }: ParcelOnItsWay): object {
  return {
    tracking_no: trackingNumber,
    express_company: carrierId,
    item_desc: itemDescription,
    ...(receiverContact !== null && { contact: { receiver_contact: receiverContact } }),
  };
}
