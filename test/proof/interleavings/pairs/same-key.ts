import { randomUUID } from 'node:crypto';
import { goodsOf } from '../ground.js';
import type { Pair } from '../pair.js';

export const sameKey: Pair = {
  name: 'one opening that is sent twice under one key',
  prepare: async (ground) => {
    const [buyer] = await ground.buyers(1);
    const onSale = await ground.offer({ size: 2 });
    const key = randomUUID();
    const open = () => buyer!.open(onSale.offer.id, 1, key);
    return { people: { buyer: buyer!.id }, goods: goodsOf(onSale), works: [open, open] };
  },
  ends: [{ answers: ['Seat', 'Seat'], rows: ['units of buyer 1', 'stock 99 reserved 1 sold 0'] }],
};
