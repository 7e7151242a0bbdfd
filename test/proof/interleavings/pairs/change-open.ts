import { Transactor } from '#common';
import { OffersService } from '#teams';
import { draftOf } from '../../../support/builders.js';
import { goodsOf } from '../ground.js';
import type { Pair } from '../pair.js';

export const changeOpen: Pair = {
  name: 'an offer that gets new prices while somebody opens a team',
  prepare: async (ground) => {
    const [buyer] = await ground.buyers(1);
    const onSale = await ground.offer({ size: 2, teamPriceMinor: 8_000 });
    const { shop } = ground;
    const draft = await draftOf(shop, onSale.offer);
    const terms = {
      ...draft,
      prices: draft.prices.map((price) => ({ ...price, priceMinor: 7_000 })),
      ...({ offerId: onSale.offer.id, revision: 1, by: 'command:test', reason: 'blueberries are cheap' } as const),
    };
    return {
      people: { buyer: buyer!.id },
      goods: goodsOf(onSale),
      works: [
        () => shop.get(Transactor).run((db) => shop.get(OffersService).change(db, terms)),
        () => buyer!.open(onSale.offer.id),
      ],
    };
  },
  ends: [
    {
      answers: ['Offer', 'Seat'],
      rows: [
        'team of buyer PENDING revision 1 live 1 paid 0',
        'order of buyer UNPAID hold 1 pays 8000 refunding 0 refunded 0',
      ],
    },
    {
      answers: ['Offer', 'Seat'],
      rows: [
        'team of buyer PENDING revision 2 live 1 paid 0',
        'order of buyer UNPAID hold 1 pays 7000 refunding 0 refunded 0',
      ],
    },
  ],
};
