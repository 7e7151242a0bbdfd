import { describe, expect, it } from '@jest/globals';
import { isOneMistake, mayBeMistaken, variantsOf } from '../../../src/catalog/search/typo.rules.js';

describe('one mistake', () => {
  // prettier-ignore
  it.each<[one: string, other: string, is: boolean]>([
    ['苹果',       '苹果',        false],
    ['西红市',     '西红柿',      true],
    ['酒精',       '洒精',        true],
    ['strawbery',  'strawberry',  true],
    ['strawberry', 'strawbery',   true],
    ['strwaberry', 'strawberry',  true],
    ['ab',         'ba',          true],
    ['abc',        'cba',         false],
    ['ab',         'ca',          false],
    ['ab',         'bc',          false],
    ['ab',         'abcd',        false],
    ['milk',       'milks',       true],
    ['xmilk',      'milk',        true],
    ['milk',       'silks',       false],
    ['milk',       'milkyy',      false],
    ['milk',       'sulk',        false],
    ['milk',       'mikl',        true],
    ['milka',      'mikly',       false],
    ['abcd',       'abxy',        false],
    ['a𠮷c',       'a好c',        true],
    ['a𠮷',        'a',           true],
  ])('between %s and %s: %s', (one, other, is) => {
    expect(isOneMistake(one, other)).toBe(is);
    expect(isOneMistake(other, one)).toBe(is);
  });
});

describe('variants', () => {
  it('are the word and all that is left when one character is left out', () => {
    expect(variantsOf('西红柿')).toEqual(['西红柿', '红柿', '西柿', '西红']);
    expect(variantsOf('aab')).toEqual(['aab', 'ab', 'aa']);
    expect(variantsOf('a𠮷')).toEqual(['a𠮷', '𠮷', 'a']);
    expect(variantsOf('茶')).toEqual(['茶']);
  });
});

describe('a mistake is guessed', () => {
  // prettier-ignore
  it.each<[word: string, isChinese: boolean, is: boolean]>([
    ['茶',    true,  false],
    ['洒精',  true,  true],
    ['tea',   false, false],
    ['cofe',  false, true],
    ['250ml', false, false],
  ])('in %s (Chinese: %s): %s', (word, isChinese, is) => {
    expect(mayBeMistaken(word, isChinese)).toBe(is);
  });
});
