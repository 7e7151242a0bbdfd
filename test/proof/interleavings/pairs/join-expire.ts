import { FormingService } from '#teams';
import { goodsOf } from '../ground.js';
import type { Pair } from '../pair.js';

export const joinExpire: Pair = {
  name: 'one who joins while the team expires',
  prepare: async (ground) => {
    const [opener, newcomer] = await ground.buyers(2);
    const onSale = await ground.offer({ size: 3 });
    const { teamId } = await ground.openPaid(opener!, onSale);
    return {
      people: { opener: opener!.id, newcomer: newcomer!.id },
      goods: goodsOf(onSale),
      works: [
        () => newcomer!.join(teamId),
        async () => {
          await ground.passTime();
          await ground.shop.get(FormingService).advance(teamId);
        },
      ],
    };
  },
  ends: [
    {
      answers: ['Seat', 'nothing'],
      rows: ['team of opener FORMING revision 1 live 2 paid 1', 'seat of newcomer HELD 1'],
    },
    {
      answers: ['TeamClosed', 'nothing'],
      rows: ['team of opener FAILED revision 1 live 1 paid 1', 'job teams.refundSeat READY'],
    },
  ],
};
