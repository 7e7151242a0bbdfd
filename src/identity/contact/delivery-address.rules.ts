import type { DeliveryAddress } from './delivery-address.js';
import type { DeliveryAddressInput } from './delivery-address.input.js';
import { maskedPhone } from './phone.rules.js';

/** All fields of an address that was given: null for what was left out. */
export function wholeAddress(address: DeliveryAddressInput): DeliveryAddress {
  const { street = null, postalCode = null, nationalCode = null } = address;
  return { ...address, street, postalCode, nationalCode };
}

/**
 * What somebody else may know of an address. Each field is named here, so that one that is added later is shown to nobody before somebody
 * has thought about it.
 */
export function maskedAddress({ recipientName, phone, ...rest }: DeliveryAddress): DeliveryAddress {
  const { province, city, district, nationalCode } = rest;
  return {
    ...{ province, city, district, nationalCode },
    recipientName: maskedRecipient(recipientName),
    phone: maskedPhone(phone),
    street: null,
    detail: null,
    postalCode: null,
  };
}

/** The first character, which is the family name in Chinese; nothing of a name that has no other. However long it is, it ends in two stars. */
function maskedRecipient(name: string): string {
  const [first = '', ...others] = name;
  return others.length > 0 ? `${first}**` : '**';
}
