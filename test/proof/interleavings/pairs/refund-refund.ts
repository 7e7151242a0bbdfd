import { randomUUID } from 'node:crypto';
import { newId } from '#common';
import { Order, RefundingService } from '#orders';
import { goodsOf } from '../ground.js';
import type { Pair } from '../pair.js';

export const refundRefund: Pair = {
  name: 'an operator who gives most of an order back, twice',
  prepare: async (ground) => {
    const [buyer] = await ground.buyers(1);
    const operatorId = newId('staff');
    const onSale = await ground.offer({ priceMinor: 10_000 });
    const goods = goodsOf(onSale);
    const checkout = await ground.buy(buyer!, goods);
    await ground.capture(checkout.id);
    const { id: orderId } = await ground.shop.source.manager.findOneByOrFail(Order, { checkoutId: checkout.id });
    const refund = () =>
      ground.shop.get(RefundingService).refundPart(operatorId, {
        orderId,
        amountMinor: 6_000,
        note: '一盒蓝莓压坏了',
        idempotencyKey: randomUUID(),
      });
    return { people: { buyer: buyer!.id }, goods, works: [refund, refund] };
  },
  ends: [
    {
      answers: ['Refund', 'RefundTooLarge'],
      rows: [
        'order of buyer TO_FULFIL hold 1 pays 10000 refunding 6000 refunded 0',
        'refund of buyer OPERATOR CREATED 6000',
      ],
    },
    {
      answers: ['RefundTooLarge', 'Refund'],
      rows: [
        'order of buyer TO_FULFIL hold 1 pays 10000 refunding 6000 refunded 0',
        'refund of buyer OPERATOR CREATED 6000',
      ],
    },
  ],
};
