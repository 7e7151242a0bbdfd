import { randomUUID } from 'node:crypto';
import { newId } from '#common';
import { Order, RefundingService } from '#orders';
import { RefundsService } from '#payments';
import { goodsOf } from '../ground.js';
import type { Pair } from '../pair.js';

export const settleSettle: Pair = {
  name: 'the channel’s report of a refund, heard twice',
  prepare: async (ground) => {
    const [buyer] = await ground.buyers(1);
    const goods = goodsOf(await ground.offer());
    const checkout = await ground.buy(buyer!, goods);
    await ground.capture(checkout.id);
    const { id: orderId } = await ground.shop.source.manager.findOneByOrFail(Order, { checkoutId: checkout.id });
    const asked = { orderId, amountMinor: 6_000, note: '一盒蓝莓压坏了', idempotencyKey: randomUUID() };
    const { id } = await ground.shop.get(RefundingService).refundPart(newId('staff'), asked);
    const report = await ground.refundReport(id);
    const settle = () => ground.shop.get(RefundsService).settle(report);
    return { people: { buyer: buyer!.id }, goods, works: [settle, settle] };
  },
  ends: [
    {
      answers: ['nothing', 'nothing'],
      rows: [
        'refund of buyer OPERATOR SUCCEEDED 6000',
        'capture of buyer CHECKOUT 10000 refunding 6000 refunded 6000 times 1',
      ],
    },
  ],
};
