import assert from 'node:assert/strict';
import { type DeliveryAddressInput, maskedAddress, type UserId, wholeAddress } from '#identity';
import type { OrderDelivery } from './delivery.js';

/** Where an order goes, once it is known which address is meant. */
export interface Destination {
  readonly address: DeliveryAddressInput;
}

/** What a row keeps, once it is unsealed. A later shape gets the next version; rows of this one stay as they are. */
interface StoredDelivery extends Destination {
  readonly version: number;
}

/** Where an order goes, as the one text that is sealed. */
export function deliveryText({ address }: Destination): string {
  return JSON.stringify({ version: 1, address } satisfies StoredDelivery);
}

/** What `deliveryText` has written. */
export function deliveryOf(text: string): OrderDelivery {
  const { version, address } = JSON.parse(text) as StoredDelivery;
  assert(version === 1, `nobody can read version ${String(version)} of a delivery`);
  return { address: wholeAddress(address) };
}

/** What stays of it when its buyer has erased the account: enough for the record of a trade, and not enough to find anybody. Doing it again changes nothing. */
export function anonymousText(text: string): string {
  const { address } = deliveryOf(text);
  if (address.detail === null) return text; // No whole address lacks it, so this is what stays already.
  return JSON.stringify({ version: 1, address: maskedAddress(address) });
}

/** What somebody may know of where a buyer's order goes. Null is somebody who is not logged in. */
export function deliverySeenBy(
  viewerId: UserId | null,
  { buyerId, delivery }: { readonly buyerId: UserId; readonly delivery: OrderDelivery },
): OrderDelivery {
  return viewerId === buyerId ? delivery : { address: maskedAddress(delivery.address) };
}
