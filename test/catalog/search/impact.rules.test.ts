import { describe, expect, it } from '@jest/globals';
import { type Findable, impactsOf, weightOf } from '../../../src/catalog/search/impact.rules.js';

const NOTHING: Findable = {
  ...{ name: 'x', nameWords: [], nameCharacters: [], categoryWords: [] },
  ...{ supplierWords: [], skuWords: [], descriptionWords: [], sold: 0 },
};
const impactOf = (word: string, product: Partial<Findable>): number | undefined =>
  impactsOf({ ...NOTHING, ...product }).get(word);

describe('what a word says of a product', () => {
  // prettier-ignore
  it.each<[where: string, product: Partial<Findable>, impact: number]>([
    ['as its whole name',                   { name: '牛奶', nameWords: ['牛奶'] },                               1_500],
    ['as the half of its name, at the end', { name: '巴氏牛奶', nameWords: ['巴氏', '牛奶'] },                   1_050],
    ['as the half of its name, before',     { name: '牛奶糖果', nameWords: ['牛奶', '糖果'] },                   700],
    ['before how much it is',               { name: '牛奶250', nameWords: ['牛奶', '250'] },                     960],
    ['as the last of its words',            { name: '牛奶和茶', nameWords: ['茶', '牛奶'] },                     1_050],
    ['as its shelf',                        { categoryWords: ['牛奶'] },                                         250],
    ['as its supplier',                     { supplierWords: ['牛奶'] },                                         200],
    ['as a variant',                        { skuWords: ['牛奶'] },                                              120],
    ['as a character of its name',          { nameCharacters: ['牛奶'] },                                        60],
    ['in its description',                  { descriptionWords: ['牛奶'] },                                      40],
    ['in several of them',                  { skuWords: ['牛奶'], descriptionWords: ['牛奶'] },                  160],
    ['of what sold 9 times',                { skuWords: ['牛奶'], sold: 9 },                                     126],
    ['of what sold 99,999 times',           { skuWords: ['牛奶'], sold: 99_999 },                                150],
  ])('%s', (_, product, impact) => {
    expect(impactOf('牛奶', product)).toBe(impact);
  });

  it('is never more than the column holds', () => {
    const everywhere = { name: '牛奶', nameWords: Array.from({ length: 50 }, () => '牛奶') };
    expect(impactOf('牛奶', everywhere)).toBe(65_535);
  });

  it('is nothing if the word does not stand there', () => {
    expect(impactOf('羊奶', { name: '牛奶', nameWords: ['牛奶'] })).toBeUndefined();
  });
});

describe('what finding a word is worth', () => {
  // prettier-ignore
  it.each<[products: number, likeness: number, weight: number]>([
    [0,         1,   184],
    [1,         1,   184],
    [100,       1,   111],
    [100_000,   1,   11],
    [100,       0.5, 55],
    [1_000_000, 0.1, 1],
  ])('if it stands in %d products and is like what was asked for by %d: %d', (products, likeness, weight) => {
    expect(weightOf(products, likeness)).toBe(weight);
  });
});
