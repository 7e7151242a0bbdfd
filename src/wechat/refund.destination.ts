import type { ChannelKey } from './channel.keys.js';
import { encryptField } from './crypto.js';

/** Where the money of an abnormal refund goes instead: to a card of the payer, or back to us, to be handed over by other means. A card's three fields are all needed (pay.weixin.qq.com, create-abnormal-refund). */
export type RefundDestination =
  | { readonly type: 'MERCHANT_BANK_CARD' }
  | {
      readonly type: 'USER_BANK_CARD';
      /** The channel's name of the bank and kind of card, such as `ICBC_DEBIT`: debit cards only, of the larger banks. */
      readonly bankType: string;
      /** The card's number and its holder's name. They travel encrypted, and are personal: keep neither. */
      readonly bankAccount: string;
      readonly realName: string;
    };

export interface SealedDestination {
  readonly fields: object;
  /** The name of the key with which personal fields are encrypted, if there are any. */
  readonly encryptedFor?: string;
}

/** The destination as it travels. A key is asked for only if something is to be encrypted. */
export async function sealDestination(
  destination: RefundDestination,
  keyForEncryption: () => Promise<ChannelKey>,
): Promise<SealedDestination> {
  if (destination.type === 'MERCHANT_BANK_CARD') return { fields: { type: destination.type } };
  const { id, key } = await keyForEncryption();
  const fields = {
    type: destination.type,
    bank_type: destination.bankType,
    bank_account: encryptField(key, destination.bankAccount),
    real_name: encryptField(key, destination.realName),
  };
  return { fields, encryptedFor: id };
}
