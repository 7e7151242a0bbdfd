import { goodsOf } from '../ground.js';
import type { Pair } from '../pair.js';

export const joinLeave: Pair = {
  name: 'one who joins a full team while one who has paid leaves it',
  prepare: async (ground) => {
    const [opener, member, newcomer] = await ground.buyers(3);
    const onSale = await ground.offer({ size: 2 });
    const opened = await ground.openPaid(opener!, onSale);
    await member!.join(opened.teamId);
    return {
      people: { opener: opener!.id, member: member!.id, newcomer: newcomer!.id },
      goods: goodsOf(onSale),
      works: [() => newcomer!.join(opened.teamId), () => opener!.leave(opened.id)],
    };
  },
  ends: [
    {
      answers: ['Seat', 'Seat'],
      rows: [
        'team of opener FORMING revision 1 live 2 paid 0',
        'seat of newcomer HELD 1',
        'seat of opener REFUNDING 1',
        'refund of opener LEFT CREATED 8000',
      ],
    },
    {
      answers: ['TeamFull', 'Seat'],
      rows: [
        'team of opener FORMING revision 1 live 1 paid 0',
        'seat of opener REFUNDING 1',
        'refund of opener LEFT CREATED 8000',
      ],
    },
  ],
};
