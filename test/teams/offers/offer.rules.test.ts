import { describe, expect, it } from '@jest/globals';
import type { ProductId, SkuId } from '#catalog';
import { mayOpen, mayWork, mistakesIn, type OfferDraft, type SkusById } from '../../../src/teams/offers/offer.rules.js';

const NOON = new Date('2026-01-01T12:00:00Z');
const minutesAfter = (minutes: number): Date => new Date(NOON.getTime() + minutes * 60_000);

describe('mayOpen', () => {
  const offer = { startsAt: NOON, endsAt: minutesAfter(60), frozenAt: null, unitsPerOrder: 2 };
  // prettier-ignore
  it.each<{ what: string; change?: object; quantity?: number; now: Date; refusal?: string }>([
    { what: 'a millisecond before it starts',        now: new Date(NOON.getTime() - 1), refusal: 'OfferNotOpen' },
    { what: 'when it starts',                        now: NOON },
    { what: 'a millisecond before it ends',          now: new Date(minutesAfter(60).getTime() - 1) },
    { what: 'when it ends',                          now: minutesAfter(60), refusal: 'OfferNotOpen' },
    { what: 'while it is frozen',                    now: NOON, change: { frozenAt: NOON }, refusal: 'OfferFrozen' },
    { what: 'that is over, even while frozen',       now: minutesAfter(60), change: { frozenAt: NOON }, refusal: 'OfferNotOpen' },
    { what: 'for as many units as an order may have', now: NOON, quantity: 2 },
    { what: 'for more units than an order may have', now: NOON, quantity: 3, refusal: 'OrderLimitExceeded' },
  ])('an offer $what: $refusal', ({ change = {}, quantity = 1, now, refusal }) => {
    expect(mayOpen({ ...offer, ...change }, { quantity }, now)?.constructor.name).toBe(refusal);
  });
});

/** Two sorts of tea, 100 and 50 yuan alone, and a cup. */
const tea: ProductId = 'product_tea';
const [green, black, cup]: SkuId[] = ['sku_green', 'sku_black', 'sku_cup'];
const skus: SkusById = new Map([
  [green!, { productId: tea, priceMinor: 10_000 }],
  [black!, { productId: tea, priceMinor: 5_000 }],
  [cup!, { productId: 'product_cup', priceMinor: 3_000 }],
]);
const price = (skuId: SkuId | undefined, priceMinor = 3_000, unitsMax = 100) => ({
  skuId: skuId!,
  priceMinor,
  unitsMax,
});

const HOUR = 60;
const PAY_WINDOW_SECONDS = 900;

/** An offer of the green tea from noon for ten hours, teams of three within an hour. */
const draft: OfferDraft = {
  ...{ size: 3, ttlSeconds: 3_600, unitsPerOrder: 2, unitsPerBuyer: 4 },
  ...{ startsAt: NOON, endsAt: minutesAfter(10 * HOUR), prices: [price(green)] },
};

describe('mistakesIn', () => {
  // prettier-ignore
  it.each<{ what: string; change?: Partial<OfferDraft>; of?: ProductId; paths: string[] }>([
    { what: 'nothing in an offer that makes sense',        paths: [] },
    { what: 'nothing if an order may be all of a buyer’s', change: { unitsPerOrder: 4 }, paths: [] },
    { what: 'an order above what one buyer may have',      change: { unitsPerOrder: 5 }, paths: ['input.unitsPerOrder'] },
    { what: 'an end at the start',                         change: { endsAt: NOON }, paths: ['input.endsAt'] },
    { what: 'an end before the start',                     change: { endsAt: minutesAfter(-1) }, paths: ['input.endsAt'] },
    { what: 'nothing in two SKUs of a product',            change: { prices: [price(green), price(black)] }, paths: [] },
    { what: 'a SKU that is not there',                     change: { prices: [price(green), price('sku_gone')] }, paths: ['input.prices.1.skuId'] },
    { what: 'a SKU named twice',                           change: { prices: [price(green), price(black), price(green)] }, paths: ['input.prices.2.skuId'] },
    { what: 'a SKU of another product',                    change: { prices: [price(green), price(cup)] }, paths: ['input.prices.1.skuId'] },
    { what: 'the first SKU that is there tells the product', change: { prices: [price('sku_gone'), price(green), price(cup)] }, paths: ['input.prices.0.skuId', 'input.prices.2.skuId'] },
    { what: 'SKUs that are not of the product of the offer', change: { prices: [price(cup), price(green)] }, of: tea, paths: ['input.prices.0.skuId'] },
    { what: 'all of it at once',                           change: { unitsPerOrder: 5, endsAt: NOON, prices: [price('sku_gone')] }, paths: ['input.unitsPerOrder', 'input.endsAt', 'input.prices.0.skuId'] },
  ])('finds $what', ({ change = {}, of = null, paths }) => {
    expect(mistakesIn({ ...draft, ...change }, skus, of).map(({ path }) => path)).toEqual(paths);
  });
});

describe('each mistake in an offer', () => {
  const wrong: OfferDraft = {
    ...draft,
    unitsPerOrder: 5,
    endsAt: NOON,
    prices: [price('sku_gone'), price(green), price(green), price(cup)],
  };

  it.each([
    { language: 'zh', words: ['每单限购', '结束时间', '没有这个规格', '只能出现一次', '同一个商品'] },
    {
      language: 'en',
      words: ['one buyer may have', 'later than the start', 'no such SKU', 'only once', 'same product'],
    },
  ] as const)('is told apart from the others in $language', ({ language, words }) => {
    expect(mistakesIn(wrong, skus, null).map(({ texts }) => texts[language])).toEqual(
      words.map((word) => expect.stringContaining(word)),
    );
  });
});

describe('mayWork', () => {
  // prettier-ignore
  it.each<{ what: string; change?: Partial<OfferDraft>; now?: Date; refusal?: Record<string, unknown> }>([
    { what: 'to come',                                     now: minutesAfter(-10 * HOUR) },
    { what: 'under way',                                   now: minutesAfter(HOUR) },
    { what: 'that ends when a buyer has just had time to pay', now: minutesAfter(10 * HOUR - 15) },
    { what: 'that ends a minute before that',              now: minutesAfter(10 * HOUR - 14), refusal: { type: 'OfferTooShort', payWindowSeconds: 900 } },
    { what: 'that is over',                                now: minutesAfter(11 * HOUR), refusal: { type: 'OfferTooShort' } },
    { what: 'to come that lasts as long as paying',        now: minutesAfter(-HOUR), change: { endsAt: minutesAfter(15) } },
    { what: 'to come that lasts a minute less, however early it is', now: minutesAfter(-HOUR), change: { endsAt: minutesAfter(14) }, refusal: { type: 'OfferTooShort' } },
    { what: 'whose teams have just time to pay',           change: { ttlSeconds: 900 } },
    { what: 'whose teams have a second less',              change: { ttlSeconds: 899 }, refusal: { type: 'OfferTooShort' } },
    { what: 'whose teams take 48 hours',                   change: { ttlSeconds: 172_800 } },
    { what: 'whose teams take a second longer',            change: { ttlSeconds: 172_801 }, refusal: { type: 'OfferTooLong', ttlSecondsMax: 172_800 } },
    { what: 'for nothing',                                 change: { prices: [price(green, 0)] } },
    { what: 'that costs as much as buying alone',          change: { prices: [price(green, 10_000)] } },
    { what: 'that costs a fen more',                       change: { prices: [price(green, 10_001)] }, refusal: { type: 'PriceAboveSingle', skuId: green, singlePriceMinor: 10_000 } },
    { what: 'of which the second SKU costs more',          change: { prices: [price(green, 6_000), price(black, 6_000)] }, refusal: { type: 'PriceAboveSingle', skuId: black, singlePriceMinor: 5_000 } },
    { what: 'with a unit for each buyer of a team',        change: { prices: [price(green, 1, 1), price(black, 1, 2)] } },
    { what: 'with fewer units than buyers of a team',      change: { prices: [price(green, 1, 1), price(black, 1, 1)] }, refusal: { type: 'ShareTooSmall', size: 3, unitsMax: 2 } },
  ])('an offer $what: $refusal.type', ({ change = {}, now = NOON, refusal }) => {
    const answer = mayWork({ ...draft, ...change }, skus, now, PAY_WINDOW_SECONDS);
    expect(answer === null ? undefined : { ...answer, type: answer.constructor.name }).toEqual(
      refusal && expect.objectContaining(refusal),
    );
  });
});
