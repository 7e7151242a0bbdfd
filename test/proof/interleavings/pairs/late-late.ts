import type { Seat } from '#teams';
import { TeamsService } from '#teams';
import { type Ground, goodsOf } from '../ground.js';
import type { Work } from '../interleaver.js';
import type { Pair } from '../pair.js';

async function decidingLate(ground: Ground, { orderId }: Seat): Promise<Work> {
  await ground.capture(await ground.checkoutOf(orderId));
  const claim = await ground.lease('TeamsWorker.payLate', orderId);
  return () => ground.shop.get(TeamsService).payLate(orderId, claim);
}

export const lateLate: Pair = {
  name: 'two late payments for one free seat',
  prepare: async (ground) => {
    const [opener, ana, bo] = await ground.buyers(3);
    const onSale = await ground.offer({ size: 2 });
    const opened = await ground.openPaid(opener!, onSale);
    const anas = await ground.joinReleased(ana!, opened);
    const bos = await ground.joinReleased(bo!, opened);
    return {
      people: { opener: opener!.id, ana: ana!.id, bo: bo!.id },
      goods: goodsOf(onSale),
      works: [await decidingLate(ground, anas), await decidingLate(ground, bos)],
    };
  },
  ends: [
    {
      answers: ['nothing', 'nothing'],
      rows: [
        'team of opener FORMED revision 1 live 2 paid 2',
        'seat of ana CONFIRMED 1',
        'refund of bo LATE CREATED 8000',
      ],
    },
    {
      answers: ['nothing', 'nothing'],
      rows: [
        'team of opener FORMED revision 1 live 2 paid 2',
        'seat of bo CONFIRMED 1',
        'refund of ana LATE CREATED 8000',
      ],
    },
  ],
};
