import { ADDRESSES_MAX } from '#identity';
import type { Invariant } from './invariant.js';

export const CONTACT: readonly Invariant[] = [
  {
    number: 'INV-37',
    name: 'address-books-have-one-default',
    holds: {
      zh: `地址簿最多 ${ADDRESSES_MAX} 个地址，非空时恰有一个默认地址。`,
      en: `An address book has ${ADDRESSES_MAX} addresses at most, and exactly one default if it has any.`,
    },
    sql: `SELECT HEX(user_id) AS user, COUNT(*) AS addresses, SUM(is_default) AS defaults FROM address
          WHERE removed_at IS NULL GROUP BY user_id HAVING addresses > ${ADDRESSES_MAX} OR defaults <> 1`,
  },
];
