import { TeamsService } from '#teams';
import { goodsOf } from '../ground.js';
import type { Pair } from '../pair.js';

export const payLeave: Pair = {
  name: 'the last payment while the opener leaves',
  prepare: async (ground) => {
    const [opener, member] = await ground.buyers(2);
    const onSale = await ground.offer({ size: 2 });
    const opened = await ground.openPaid(opener!, onSale);
    const { orderId } = await member!.join(opened.teamId);
    await ground.capture(await ground.checkoutOf(orderId));
    const claim = await ground.lease('TeamsWorker.paySeat', orderId);
    return {
      people: { opener: opener!.id, member: member!.id },
      goods: goodsOf(onSale),
      works: [() => ground.shop.get(TeamsService).paySeat(orderId, claim), () => opener!.leave(opened.id)],
    };
  },
  ends: [
    {
      answers: ['nothing', 'TeamAlreadyFormed'],
      rows: ['team of opener FORMED revision 1 live 2 paid 2', 'seat of opener CONFIRMED 1'],
    },
    {
      answers: ['nothing', 'Seat'],
      rows: [
        'team of member FORMING revision 1 live 1 paid 1',
        'seat of member PAID 1',
        'seat of opener REFUNDING 1',
        'refund of opener LEFT CREATED 8000',
      ],
    },
  ],
};
