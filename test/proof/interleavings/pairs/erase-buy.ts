import { RequestError } from '#common';
import { ErasureService } from '#privacy';
import { goodsOf } from '../ground.js';
import type { Pair } from '../pair.js';

export const eraseBuy: Pair = {
  name: 'an account that is erased while its owner buys',
  prepare: async (ground) => {
    const [buyer] = await ground.buyers(1);
    const goods = goodsOf(await ground.offer({ priceMinor: 10_000 }));
    /** Whoever has left is told to log in, which is no business answer. */
    const buy = async (): Promise<object> => {
      try {
        return await ground.buy(buyer!, goods);
      } catch (error) {
        if (error instanceof RequestError && error.code === 'UNAUTHENTICATED') return error;
        throw error;
      }
    };
    return {
      people: { buyer: buyer!.id },
      goods,
      works: [() => ground.shop.get(ErasureService).end(buyer!.id), buy],
    };
  },
  ends: [
    { answers: ['AccountErased', 'RequestError'], rows: ['account of buyer ERASING', 'stock 100 reserved 0 sold 0'] },
    {
      answers: ['AccountStillOpen', 'Checkout'],
      rows: [
        'account of buyer ACTIVE',
        'checkout of buyer HELD 10000',
        'order of buyer UNPAID hold 1 pays 10000 refunding 0 refunded 0',
      ],
    },
  ],
};
