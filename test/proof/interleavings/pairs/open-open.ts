import { goodsOf } from '../ground.js';
import type { Pair } from '../pair.js';

export const openOpen: Pair = {
  name: 'one buyer who opens two teams with units for one',
  prepare: async (ground) => {
    const [buyer] = await ground.buyers(1);
    const onSale = await ground.offer({ size: 2, unitsPerBuyer: 1 });
    return {
      people: { buyer: buyer!.id },
      goods: goodsOf(onSale),
      works: [() => buyer!.open(onSale.offer.id), () => buyer!.open(onSale.offer.id)],
    };
  },
  ends: [
    { answers: ['Seat', 'BuyerLimitReached'], rows: ['units of buyer 1', 'stock 99 reserved 1 sold 0'] },
    { answers: ['BuyerLimitReached', 'Seat'], rows: ['units of buyer 1', 'stock 99 reserved 1 sold 0'] },
  ],
};
