import { describe, expect, it } from '@jest/globals';
import { type Found, slotOf, type Term } from '../../../src/catalog/search/slot.rules.js';

const term = (id: number, products = 10): Term => ({ id, term: `word${id}`, pinyin: null, products });
const NOTHING: Found = {
  ...{ unit: '草莓', exact: [], synonyms: [], translations: [] },
  ...{ longer: [], homophones: [], alike: [] },
};
const wordsFor = (found: Partial<Found>): readonly number[] | undefined =>
  slotOf({ ...NOTHING, ...found })?.choices.map(({ termId }) => termId);

describe('for a word that is asked for', () => {
  // prettier-ignore
  it.each<[what: string, found: Partial<Found>, words: number[] | undefined]>([
    ['itself will do',                                      { exact: [term(1)] },                                           [1]],
    ['what means the same and what is longer will do',      { exact: [term(1)], synonyms: [term(2)], longer: [term(3)] },   [1, 2, 3]],
    ['what it is called elsewhere will do',                 { translations: [term(4)] },                                    [4]],
    ['guesses are left alone if it is known',               { exact: [term(1)], homophones: [term(5)], alike: [term(6)] },  [1]],
    ['what sounds the same will do if it is not known',     { homophones: [term(5)], alike: [term(6)] },                    [5]],
    ['what is written nearly so is the last resort',        { alike: [term(6)] },                                           [6]],
    ['nothing will do if nothing is known',                 {},                                                             undefined],
    ['a word that is found twice stands once',              { exact: [term(1)], longer: [term(1)] },                        [1]],
    ['16 words are enough',                                 { longer: Array.from({ length: 20 }, (_, id) => term(id)) },    Array.from({ length: 16 }, (_, id) => id)],
  ])('%s', (_, found, words) => {
    expect(wordsFor(found)).toEqual(words);
  });

  it('the word itself is worth more than any other', () => {
    const found = { exact: [term(1)], synonyms: [term(2)], longer: [term(3)], translations: [term(4)] };
    const weights = slotOf({ ...NOTHING, ...found })?.choices.map(({ weight }) => weight);
    expect(weights).toEqual([147, 133, 103, 74]);
    expect(slotOf({ ...NOTHING, homophones: [term(5)] })?.choices[0]?.weight).toBe(88);
    expect(slotOf({ ...NOTHING, alike: [term(6)] })?.choices[0]?.weight).toBe(59);
  });

  it('it is said what was understood: the word, or the commonest guess', () => {
    expect(slotOf({ ...NOTHING, exact: [term(1)] })?.understood).toBe('草莓');
    expect(slotOf({ ...NOTHING, alike: [term(6, 5), term(7, 50)] })?.understood).toBe('word7');
  });

  it('its products are those of all its words', () => {
    expect(slotOf({ ...NOTHING, exact: [term(1, 3)], longer: [term(2, 4)] })?.products).toBe(7);
  });
});
