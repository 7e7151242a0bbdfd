import assert from 'node:assert/strict';
import type { UserId } from '#identity';
import type { DeliveryAddress, OrderDelivery } from './delivery.js';
import type { DeliveryAddressInput, DeliveryInput } from './delivery.inputs.js';
import { maskedPhone } from './phone.rules.js';

/** What a row keeps, once it is unsealed. A later shape gets the next version; rows of this one stay as they are. */
interface StoredDelivery {
  readonly version: number;
  readonly address: DeliveryAddressInput;
}

/** Where an order goes, as the one text that is sealed. */
export function deliveryText({ address }: DeliveryInput): string {
  return JSON.stringify({ version: 1, address } satisfies StoredDelivery);
}

/** What `deliveryText` has written. */
export function deliveryOf(text: string): OrderDelivery {
  const { version, address } = JSON.parse(text) as StoredDelivery;
  assert(version === 1, `nobody can read version ${String(version)} of a delivery`);
  const { street = null, postalCode = null, nationalCode = null } = address;
  return { address: { ...address, street, postalCode, nationalCode } };
}

/** What somebody may know of where a buyer's order goes. Null is somebody who is not logged in. */
export function deliverySeenBy(
  viewerId: UserId | null,
  { buyerId, delivery }: { readonly buyerId: UserId; readonly delivery: OrderDelivery },
): OrderDelivery {
  return viewerId === buyerId ? delivery : { address: masked(delivery.address) };
}

/** Each field is named here, so that one that is added later is shown to nobody before somebody has thought about it. */
function masked({ recipientName, phone, province, city, district, nationalCode }: DeliveryAddress): DeliveryAddress {
  return {
    ...{ province, city, district, nationalCode },
    recipientName: maskedName(recipientName),
    phone: maskedPhone(phone),
    street: null,
    detail: null,
    postalCode: null,
  };
}

/** The first character, which is the family name in Chinese; nothing of a name that has no other. However long it is, it ends in two stars. */
function maskedName(name: string): string {
  const [first = '', ...others] = name;
  return others.length > 0 ? `${first}**` : '**';
}
