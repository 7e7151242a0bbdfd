import { CheckoutsService, OrdersService } from '#orders';
import { goodsOf } from '../ground.js';
import type { Pair } from '../pair.js';

export const cancelCapture: Pair = {
  name: 'a buyer who cancels while the channel reports the payment',
  prepare: async (ground) => {
    const [buyer] = await ground.buyers(1);
    const onSale = await ground.offer();
    const goods = goodsOf(onSale);
    const { id } = await ground.buy(buyer!, goods);
    const report = await ground.tradeReport(id);
    return {
      people: { buyer: buyer!.id },
      goods,
      works: [
        () => ground.shop.get(CheckoutsService).cancel(buyer!.id, id),
        () => ground.shop.get(OrdersService).capture(report),
      ],
    };
  },
  ends: [
    {
      answers: ['Checkout', 'nothing'],
      rows: ['checkout of buyer PAID 10000', 'payment of buyer SUCCEEDED attempt 1', 'stock 99 reserved 0 sold 1'],
    },
    {
      answers: ['CheckoutAlreadyPaid', 'nothing'],
      rows: ['checkout of buyer PAID 10000', 'payment of buyer SUCCEEDED attempt 1', 'stock 99 reserved 0 sold 1'],
    },
  ],
};
