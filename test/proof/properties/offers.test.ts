import { describe, expect, it } from '@jest/globals';
import type { ProductId, SkuId } from '#catalog';
import { secondsAfter } from '#common';
import { PRICE_MINOR_MAX, SHARE_UNITS_MAX, SIZE_MAX, SIZE_MIN, TTL_SECONDS_MAX } from '#teams';
import { mayOpen, mayWork, mistakesIn, type OfferDraft, type SkusById } from '../../../src/teams/offers/offer.rules.js';
import { fc } from './seeded.js';
import { frozen, instants, NOON } from './teams.arbitraries.js';

const TEA: ProductId = 'product_tea';
const skus: SkusById = new Map<SkuId, { productId: ProductId; priceMinor: number }>([
  ['sku_1', { productId: TEA, priceMinor: 10_000 }],
  ['sku_2', { productId: TEA, priceMinor: 5_000 }],
  ['sku_3', { productId: 'product_cup', priceMinor: PRICE_MINOR_MAX }],
]);
const skuIds = fc.constantFrom<SkuId>('sku_1', 'sku_2', 'sku_3', 'sku_gone');
const PAY_WINDOW_SECONDS = 900;

/** Near the bounds more often than chance would have it. */
const drafts = (skuId: fc.Arbitrary<SkuId>): fc.Arbitrary<OfferDraft> =>
  fc
    .record({
      size: fc.integer({ min: SIZE_MIN, max: SIZE_MAX }),
      ttlSeconds: fc.constantFrom(
        PAY_WINDOW_SECONDS - 1,
        PAY_WINDOW_SECONDS,
        3_600,
        TTL_SECONDS_MAX,
        TTL_SECONDS_MAX + 1,
      ),
      unitsPerOrder: fc.integer({ min: 1, max: 5 }),
      unitsPerBuyer: fc.integer({ min: 1, max: 5 }),
      startsAt: fc.integer({ min: -5_000, max: 5_000 }).map((seconds) => secondsAfter(NOON, seconds)),
      openSeconds: fc.oneof(fc.integer({ min: -100, max: 5_000 }), fc.constantFrom(0, PAY_WINDOW_SECONDS, 86_400)),
      prices: fc.array(
        fc.record({
          skuId,
          priceMinor: fc.constantFrom(0, 4_999, 5_000, 5_001, 10_000, 10_001),
          unitsMax: fc.oneof(fc.integer({ min: 1, max: SIZE_MAX }), fc.constant(SHARE_UNITS_MAX)),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    })
    .map(({ openSeconds, ...draft }) => ({ ...draft, endsAt: secondsAfter(draft.startsAt, openSeconds) }));

describe('an offer', () => {
  it('opens teams from its start up to its end, unless it is frozen, for as many units as an order may have', () => {
    const offers = fc.record({
      startsAt: instants,
      endsAt: instants,
      frozenAt: frozen,
      unitsPerOrder: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(offers, instants, fc.integer({ min: 1, max: 4 }), (offer, now, quantity) => {
        const isOpen = offer.startsAt <= now && now < offer.endsAt && offer.frozenAt === null;
        expect(mayOpen(offer, { quantity }, now) === null).toBe(isOpen && quantity <= offer.unitsPerOrder);
      }),
    );
  });
});

describe('a draft that makes sense', () => {
  it('names SKUs that there are, each once and all of one product, and keeps its own limits', () => {
    fc.assert(
      fc.property(drafts(skuIds), fc.constantFrom(null, TEA), (draft, productId) => {
        const products = draft.prices.map(({ skuId }) => skus.get(skuId)?.productId);
        const isOfOne = products.every((each) => each !== undefined && each === (productId ?? products[0]));
        const isEachOnce = new Set(draft.prices.map(({ skuId }) => skuId)).size === draft.prices.length;
        const isOrdered = draft.unitsPerOrder <= draft.unitsPerBuyer && draft.startsAt < draft.endsAt;
        expect(mistakesIn(draft, skus, productId).length === 0).toBe(isOfOne && isEachOnce && isOrdered);
      }),
    );
  });

  it('is what is left when the SKUs that are named as mistakes are taken out', () => {
    fc.assert(
      fc.property(drafts(skuIds), fc.constantFrom(null, TEA), (draft, productId) => {
        const paths = mistakesIn(draft, skus, productId).map(({ path }) => path);
        const prices = draft.prices.filter((_, index) => !paths.includes(`input.prices.${index}.skuId`));
        const left = mistakesIn({ ...draft, prices }, skus, productId).map(({ path }) => path);
        expect(left).toEqual(paths.filter((path) => !path.startsWith('input.prices')));
        expect(new Set(paths).size).toBe(paths.length);
      }),
    );
  });

  const sensible = drafts(fc.constantFrom<SkuId>('sku_1', 'sku_2')).filter(
    (draft) => mistakesIn(draft, skus, null).length === 0,
  );

  it('can work only if a team can be opened, paid for, filled and shipped, and nobody pays more than alone', () => {
    fc.assert(
      fc.property(sensible, (draft) => {
        const { startsAt, endsAt, ttlSeconds, size, prices, unitsPerOrder } = draft;
        const opensAt = NOON > startsAt ? NOON : startsAt;
        const lastPaidAt = secondsAfter(opensAt, PAY_WINDOW_SECONDS - 1);
        const offer = { startsAt, endsAt, unitsPerOrder, frozenAt: null };
        const isOpenAt = (at: Date): boolean => mayOpen(offer, { quantity: 1 }, at) === null;
        const units = prices.reduce((sum, { unitsMax }) => sum + unitsMax, 0);
        const canWork = [
          isOpenAt(opensAt) && isOpenAt(lastPaidAt),
          ttlSeconds >= PAY_WINDOW_SECONDS && ttlSeconds <= TTL_SECONDS_MAX,
          prices.every(({ skuId, priceMinor }) => priceMinor <= skus.get(skuId)!.priceMinor),
          units >= size,
        ];
        expect(mayWork(draft, skus, NOON, PAY_WINDOW_SECONDS) === null).toBe(canWork.every(Boolean));
      }),
    );
  });

  it('that can work still can when it is cheaper, has more units or a smaller team', () => {
    fc.assert(
      fc.property(sensible, fc.nat(1_000), fc.nat(1_000), fc.nat(10), (draft, cheaperMinor, moreUnits, smaller) => {
        fc.pre(mayWork(draft, skus, NOON, PAY_WINDOW_SECONDS) === null);
        const prices = draft.prices.map(({ skuId, priceMinor, unitsMax }) => ({
          ...{ skuId, priceMinor: Math.max(0, priceMinor - cheaperMinor), unitsMax: unitsMax + moreUnits },
        }));
        const size = Math.max(SIZE_MIN, draft.size - smaller);
        expect(mayWork({ ...draft, prices, size }, skus, NOON, PAY_WINDOW_SECONDS)).toBeNull();
      }),
    );
  });
});
