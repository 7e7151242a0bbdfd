import type { SeededBug } from '../bug.js';

const RULES = 'src/teams/offers/offer.rules.ts';

export const OFFERS: readonly SeededBug[] = [
  {
    name: 'new prices concern teams that were opened before',
    file: 'src/teams/offers/offer-shelf.ts',
    search: 'price.offer_id = team.offer_id AND price.revision = team.revision',
    replace: 'price.offer_id = team.offer_id AND price.revision = offer.revision',
    caughtBy: { file: 'test/teams/offers/offers.api.test.ts', test: 'new terms concern later teams only' },
  },
  {
    name: 'a team costs more than buying alone',
    file: RULES,
    search: 'if (priceMinor > singlePriceMinor) return new PriceAboveSingle(skuId, singlePriceMinor);',
    replace: 'if (priceMinor < 0) return new PriceAboveSingle(skuId, singlePriceMinor);',
    caughtBy: { file: 'test/teams/offers/offer.rules.test.ts', test: 'mayWork an offer' },
  },
  {
    name: 'a team can be opened at the instant at which its offer ends',
    file: RULES,
    search: 'now >= offer.endsAt',
    replace: 'now > offer.endsAt',
    caughtBy: { file: 'test/teams/offers/offer.rules.test.ts', test: 'mayOpen an offer' },
  },
  {
    name: 'of two operators who change an offer at once the later one wins unasked',
    file: 'src/teams/offers/offers.service.ts',
    search: 'if (before.revision !== revision) refuse(new OfferChanged(new OfferSheet(before)));',
    replace: '',
    caughtBy: {
      file: 'test/teams/offers/offers.service.test.ts',
      test: 'succeeds for one of two operators who change the offer at once',
    },
  },
  {
    name: 'buyers may make offers',
    file: 'src/teams/offers/offers.operators.resolver.ts',
    search: `@Allow('CATALOG')
  @Mutation(() => OfferAddResult,`,
    replace: `@Allow('BUYER')
  @Mutation(() => OfferAddResult,`,
    caughtBy: {
      file: 'test/teams/offers/offers.api.test.ts',
      test: 'whoever does not work on the catalogue may not call',
    },
  },
];
