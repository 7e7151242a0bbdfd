import { describe, expect, it } from '@jest/globals';
import { chargeFor, feeOf, type FreightCharge, type FreightTerms, isFree, type Region, stepsOf } from '#catalog';
import { mistakesInTerms } from '../../../src/catalog/freight/freight.rules.js';

const CHARGE: FreightCharge = {
  ...{ firstGrams: 1_000, firstMinor: 800, stepGrams: 500, stepMinor: 200 },
  freeFromMinor: 9_900,
};
const ALWAYS: FreightCharge = { ...CHARGE, freeFromMinor: null };

describe('feeOf, eight yuan for the first kilogram and two for each further half, free from 99 yuan', () => {
  // prettier-ignore
  it.each<[what: string, grams: number, goodsMinor: number, feeMinor: number]>([
    ['what weighs nothing',                         0,     100,    0],
    ['a gram',                                      1,     100,    800],
    ['just the first weight',                       1_000, 100,    800],
    ['a gram over the first weight',                1_001, 100,    1_000],
    ['just one step',                               1_500, 100,    1_000],
    ['a gram over one step',                        1_501, 100,    1_200],
    ['a fen below what is sent for nothing',        1_501, 9_899,  1_200],
    ['just as much goods as are sent for nothing',  1_501, 9_900,  0],
    ['more goods',                                  1_501, 10_000, 0],
    ['a present',                                   1_501, 0,      1_200],
  ])('%s: %i grams of %i fen cost %i', (_what, grams, goodsMinor, feeMinor) => {
    expect(feeOf(CHARGE, grams, goodsMinor)).toBe(feeMinor);
  });

  it('is charged for any amount of goods where nothing is ever sent for nothing', () => {
    expect([0, 9_900, 1_000_000_000].map((minor) => feeOf(ALWAYS, 1, minor))).toEqual([800, 800, 800]);
    expect(isFree(ALWAYS, 1_000_000_000)).toBe(false);
  });

  it('is nothing for anything where goods of any amount are sent for nothing', () => {
    expect(feeOf({ ...CHARGE, freeFromMinor: 0 }, 99_000, 0)).toBe(0);
  });

  it('counts a step that is begun', () => {
    expect([0, 999, 1_000, 1_001, 1_500, 1_501].map((grams) => stepsOf(CHARGE, grams))).toEqual([0, 0, 0, 1, 1, 2]);
  });
});

const FAR: FreightCharge = { ...ALWAYS, firstMinor: 1_500 };
const TERMS: FreightTerms = {
  rules: [
    { ...CHARGE, regions: ['31', '33'] },
    { ...FAR, regions: ['65'] },
  ],
  elsewhere: ALWAYS,
  notDelivered: ['54'],
};

describe('chargeFor a region', () => {
  it.each<[region: Region | null, firstMinor: number | null, freeFromMinor: number | null]>([
    ['31', 800, 9_900],
    ['33', 800, 9_900],
    ['65', 1_500, null],
    ['11', 800, null],
    ['54', null, null],
    [null, 800, null],
  ])('%s', (region, firstMinor, freeFromMinor) => {
    const charge = chargeFor(TERMS, region);
    expect([charge?.firstMinor ?? null, charge?.freeFromMinor ?? null]).toEqual([firstMinor, freeFromMinor]);
  });

  it('is null where nothing is said of anywhere else', () => {
    const terms = { ...TERMS, elsewhere: null };
    expect([chargeFor(terms, '11'), chargeFor(terms, null)]).toEqual([null, null]);
    expect(chargeFor(terms, '31')).toMatchObject({ firstMinor: 800 });
  });
});

describe('mistakesInTerms', () => {
  const one = { ...ALWAYS, regions: ['31'] as const };
  it.each<[what: string, terms: FreightTerms, paths: string[]]>([
    ['none', TERMS, []],
    ['a region in two rules', { ...TERMS, rules: [one, one] }, ['input.rules.1.regions']],
    ['a region twice in a rule', { ...TERMS, rules: [{ ...one, regions: ['31', '31'] }] }, ['input.rules.0.regions']],
    ['a region that is sent to and is not', { ...TERMS, rules: [one], notDelivered: ['31'] }, ['input.notDelivered']],
    ['a region that is twice not sent to', { ...TERMS, notDelivered: ['54', '54'] }, ['input.notDelivered']],
    ['nothing but everywhere', { rules: [], elsewhere: ALWAYS, notDelivered: [] }, []],
    ['nowhere', { rules: [], elsewhere: null, notDelivered: [] }, ['input.rules']],
  ])('%s', (_what, terms, paths) => {
    const mistakes = mistakesInTerms(terms);
    expect(mistakes.map(({ path }) => path)).toEqual(paths);
    for (const { texts } of mistakes)
      expect(texts).toEqual({ zh: expect.stringMatching(/。$/), en: expect.stringMatching(/\.$/) });
  });

  it('names the region', () => {
    expect(mistakesInTerms({ ...TERMS, notDelivered: ['54', '54'] })[0]?.texts).toEqual({
      zh: '地区 54 只能出现一次。',
      en: 'Must name region 54 only once.',
    });
    expect(mistakesInTerms({ rules: [], elsewhere: null, notDelivered: [] })[0]?.texts.en).toBe(
      'Must deliver somewhere.',
    );
  });
});
