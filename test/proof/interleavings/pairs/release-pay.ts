import { OrdersService } from '#orders';
import { TeamsService } from '#teams';
import { goodsOf } from '../ground.js';
import type { Pair } from '../pair.js';

export const releasePay: Pair = {
  name: 'the release of a closed payment while the channel reports that it was paid after all',
  prepare: async (ground) => {
    const [opener, member] = await ground.buyers(2);
    const onSale = await ground.offer({ size: 2 });
    const { teamId } = await ground.openPaid(opener!, onSale);
    const seat = await member!.join(teamId);
    await member!.cancel(seat);
    const checkoutId = await ground.checkoutOf(seat.orderId);
    const claim = await ground.lease('TeamsWorker.release', checkoutId);
    const report = await ground.tradeReport(checkoutId);
    return {
      people: { opener: opener!.id, member: member!.id },
      goods: goodsOf(onSale),
      works: [
        () => ground.shop.get(TeamsService).release(checkoutId, claim),
        () => ground.shop.get(OrdersService).capture(report),
      ],
    };
  },
  ends: [
    {
      answers: ['nothing', 'nothing'],
      rows: ['seat of member HELD 1', 'order of member AWAITING_TEAM hold 1 pays 8000 refunding 0 refunded 0'],
    },
    {
      answers: ['nothing', 'nothing'],
      rows: ['seat of member RELEASED 1', 'order of member PAID_LATE hold 1 pays 8000 refunding 0 refunded 0'],
    },
  ],
};
