import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Vault } from '#common';
import { maskedAddress } from '#identity';
import { type CheckoutId, deliveryOf, Order, ORDER_SEALS, type OrderId, OrderLine } from '#orders';
import { type ParcelOnItsWay, PARCELS_PER_PAYMENT_MAX } from '#wechat';
import { carrierOf } from '../parcels/carriers.js';
import { Parcel, PARCEL_SEALS, ParcelLine } from '../parcels/parcel.entity.js';
import { areAllShipped, itemDescription } from './upload.rules.js';

/** What there is to tell of the shipping of a payment. */
export interface Contents {
  readonly parcels: readonly ParcelOnItsWay[];
  readonly isAllDelivered: boolean;
  /** All of the payment is back with the buyer, so there is nothing to tell. */
  readonly isGivenBack: boolean;
}

/** Gathers what WeChat is told. */
@Injectable()
export class UploadContents {
  constructor(private readonly vault: Vault) {}

  /** All parcels of what a payment has bought, in the order in which they were shipped, as many as WeChat lists. */
  async of(db: EntityManager, checkoutId: CheckoutId): Promise<Contents> {
    const orders = await db.findBy(Order, { checkoutId });
    const orderId = In(orders.map(({ id }) => id));
    const lines = await db.find(OrderLine, { where: { orderId }, order: { id: 'ASC' } });
    const all = await db.find(Parcel, { where: { orderId }, order: { id: 'ASC' } });
    const parcels = all.slice(0, PARCELS_PER_PAYMENT_MAX);
    const packed = await db.find(ParcelLine, {
      where: { parcelId: In(parcels.map(({ id }) => id)) },
      order: { lineId: 'ASC' },
    });
    const contacts = await this.#contacts(db, parcels);
    const titles = new Map(lines.map(({ id, title }) => [id, title]));
    const itemsIn = ({ id }: Parcel): { title: string; quantity: number }[] =>
      packed
        .filter(({ parcelId }) => parcelId === id)
        .map(({ lineId, quantity }) => ({ title: titles.get(lineId) ?? '', quantity }));
    return {
      isGivenBack: orders.every(({ status }) => status === 'REFUNDED'),
      isAllDelivered: areAllShipped(orders, lines),
      parcels: parcels.map((parcel) => ({
        carrierId: parcel.carrier,
        trackingNumber: this.#trackingNumber(parcel),
        itemDescription: itemDescription(itemsIn(parcel)),
        receiverContact: wantsContact(parcel) ? (contacts.get(parcel.orderId) ?? null) : null,
      })),
    };
  }

  #trackingNumber({ id, trackingNumber }: Parcel): string {
    return trackingNumber ? this.vault.open(PARCEL_SEALS.trackingNumber, id, trackingNumber) : '';
  }

  /** The masked numbers of those who receive the parcels whose carriers want them; nobody else's is opened. */
  async #contacts(db: EntityManager, parcels: readonly Parcel[]): Promise<ReadonlyMap<OrderId, string>> {
    const orderIds = parcels.filter(wantsContact).map(({ orderId }) => orderId);
    if (orderIds.length === 0) return new Map();
    const orders = await db.find(Order, { where: { id: In(orderIds) }, select: { id: true, delivery: true } });
    return new Map(
      orders.flatMap(({ id, delivery }): [OrderId, string][] => {
        if (!delivery) return [];
        const { address } = deliveryOf(this.vault.open(ORDER_SEALS.delivery, id, delivery));
        return [[id, maskedAddress(address).phone]];
      }),
    );
  }
}

function wantsContact({ carrier }: Parcel): boolean {
  return carrierOf(carrier)?.wantsReceiverContact ?? false;
}
