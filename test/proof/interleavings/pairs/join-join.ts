import { goodsOf } from '../ground.js';
import type { Pair } from '../pair.js';

export const joinJoin: Pair = {
  name: 'two who join for the last seat',
  prepare: async (ground) => {
    const [opener, ana, bo] = await ground.buyers(3);
    const onSale = await ground.offer({ size: 2 });
    const { teamId } = await ground.openPaid(opener!, onSale);
    return {
      people: { opener: opener!.id, ana: ana!.id, bo: bo!.id },
      goods: goodsOf(onSale),
      works: [() => ana!.join(teamId), () => bo!.join(teamId)],
    };
  },
  ends: [
    { answers: ['Seat', 'TeamFull'], rows: ['team of opener FORMING revision 1 live 2 paid 1', 'seat of ana HELD 1'] },
    { answers: ['TeamFull', 'Seat'], rows: ['team of opener FORMING revision 1 live 2 paid 1', 'seat of bo HELD 1'] },
  ],
};
