import { describe, expect, it } from '@jest/globals';
import { isCombination, mistakesInOptions, titleOf } from '../../src/catalog/products/option.rules.js';

const SIZE = { name: '规格', values: ['500克', '1千克'] };
const COLOUR = { name: '颜色', values: ['红', '绿'] };

describe('titleOf', () => {
  // prettier-ignore
  it.each<[values: string[], title: string]>([
    [[],              ''],
    [['500克'],       '500克'],
    [['500克', '红'], '500克 红'],
  ])('of %j is “%s”', (values, title) => {
    expect(titleOf(values)).toBe(title);
  });
});

describe('isCombination', () => {
  // prettier-ignore
  it.each<[options: number, values: string[], is: boolean]>([
    [0, [],                    true],
    [0, ['500克'],             false],
    [1, ['500克'],             true],
    [1, ['2千克'],             false],
    [1, [],                    false],
    [2, ['1千克', '绿'],       true],
    [2, ['绿', '1千克'],       false], // in the order of the options
    [2, ['1千克'],             false],
    [2, ['1千克', '绿', '绿'], false],
  ])('of %i options and %j: %s', (options, values, is) => {
    expect(isCombination([SIZE, COLOUR].slice(0, options), values)).toBe(is);
  });
});

describe('mistakesInOptions', () => {
  // prettier-ignore
  it.each<[options: (typeof SIZE)[], paths: string[]]>([
    [[],                                             []],
    [[SIZE, COLOUR],                                 []],
    [[SIZE, { ...COLOUR, name: '规格' }],            ['input.options.1.name']],
    [[SIZE, { name: 'A', values: ['m', 'L', 'M'] }], ['input.options.1.values.2']],
    [[{ name: 'S', values: ['x', 'x'] }, { name: 's', values: ['x'] }], ['input.options.1.name', 'input.options.0.values.1']],
  ])('in %j are at %j', (options, paths) => {
    const texts = { zh: '重复。', en: 'Is there twice.' };
    expect(mistakesInOptions(options)).toEqual(paths.map((path) => ({ path, texts })));
  });
});
