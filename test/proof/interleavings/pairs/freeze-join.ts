import { OffersService } from '#teams';
import { goodsOf } from '../ground.js';
import type { Pair } from '../pair.js';

export const freezeJoin: Pair = {
  name: 'an offer that is frozen while somebody joins',
  prepare: async (ground) => {
    const [opener, newcomer] = await ground.buyers(2);
    const onSale = await ground.offer({ size: 2 });
    const { teamId } = await ground.openPaid(opener!, onSale);
    const decision = { by: 'command:test', reason: 'the supplier cannot deliver' } as const;
    return {
      people: { opener: opener!.id, newcomer: newcomer!.id },
      goods: goodsOf(onSale),
      works: [() => ground.shop.get(OffersService).freeze(onSale.offer.id, decision), () => newcomer!.join(teamId)],
    };
  },
  ends: [
    {
      answers: ['Offer', 'Seat'],
      rows: ['offer revision 1 frozen', 'team of opener FORMING revision 1 live 2 paid 1', 'seat of newcomer HELD 1'],
    },
    {
      answers: ['Offer', 'OfferFrozen'],
      rows: ['offer revision 1 frozen', 'team of opener FORMING revision 1 live 1 paid 1'],
    },
  ],
};
