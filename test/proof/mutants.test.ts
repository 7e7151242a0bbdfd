import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { type Equivalent, EQUIVALENTS } from '../../src/cli/mutants/equivalents.js';
import { report } from '../../src/cli/mutants/report.js';
import { scoresOf } from '../../src/cli/mutants/score.js';
import { textAt } from '../../src/cli/mutants/text.js';
import type { Trial } from '../../src/cli/mutants/try.js';

const FILES = ['src/a.rules.ts', 'src/b.rules.ts'] as const;
const [a, b] = FILES;

const trial = (isKilled: boolean, but: Partial<Trial> = {}): Trial => ({
  ...{ file: a, line: 7, original: 'x <\n    y', replacement: 'x <= y', isKilled },
  ...but,
});
const trials = (killed: number, survived: number, file: string = a): Trial[] => [
  ...Array.from({ length: killed }, () => trial(true, { file })),
  ...Array.from({ length: survived }, () => trial(false, { file })),
];
const known: Equivalent = { file: a, original: 'x <\n    y', replacement: 'x <= y', because: 'they are never equal' };

const told = (all: readonly Trial[], equivalents: readonly Equivalent[] = []) =>
  report(scoresOf(all, FILES, equivalents));

describe('the score of the rules', () => {
  // prettier-ignore
  it.each<{ what: string; all: Trial[]; equivalents?: Equivalent[]; isEnough: boolean; last: string }>([
    { what: 'where all is noticed',              all: trials(3, 0),                         isEnough: true,  last: 'mutants: 3 tried, 3 killed (100%)' },
    { what: 'at 85 percent',                     all: trials(17, 3),                        isEnough: true,  last: 'mutants: 20 tried, 17 killed (85%)' },
    { what: 'a little below, however it rounds', all: trials(847, 150),                     isEnough: false, last: 'mutants: 997 tried, 847 killed (84%)' },
    { what: 'with one file below, among many',   all: [...trials(100, 0), ...trials(1, 1, b)], isEnough: false, last: 'mutants: 102 tried, 101 killed (99%)' },
    { what: 'where nothing is noticed',          all: trials(0, 1),                         isEnough: false, last: 'mutants: 1 tried, 0 killed (0%)' },
    { what: 'without what changes nothing',      all: trials(1, 1), equivalents: [known],   isEnough: true,  last: 'mutants: 1 tried, 1 killed (100%)' },
    { what: 'where that is noticed after all',   all: trials(2, 0), equivalents: [known],   isEnough: false, last: 'mutants: 2 tried, 2 killed (100%)' },
    { what: 'where that is not there any more',  all: trials(1, 0, b), equivalents: [known], isEnough: false, last: 'mutants: 1 tried, 1 killed (100%)' },
  ])('$what is enough: $isEnough', ({ all, equivalents, isEnough, last }) => {
    const { text, ...verdict } = told(all, equivalents);
    expect(verdict).toEqual({ isEnough });
    expect(text.split('\n').at(-1)).toBe(last);
  });

  it('names what nobody noticed by its place, and the file that has too much of it', () => {
    expect(told([...trials(1, 0), trial(false)]).text.split('\n')).toEqual([
      'SURVIVED src/a.rules.ts:7: x < y  ->  x <= y',
      'src/a.rules.ts  2 tried, 1 killed (50%)  TOO FEW: at least 85%',
      'src/b.rules.ts  0 tried, 0 killed (100%)',
      'mutants: 2 tried, 1 killed (50%)',
    ]);
  });

  it('names what is said to change nothing, and does not', () => {
    expect(told([trial(true)], [known]).text).toMatch(/^NOT EQUIVALENT src\/a\.rules\.ts: x < y {2}-> {2}x <= y\n/);
  });
});

it.each(EQUIVALENTS)('what is said to change nothing is in the rules: $file, $original', async ({ file, original }) => {
  expect(await readFile(file, 'utf8')).toContain(original);
});

it.each([
  { what: 'of a line', start: { line: 1, column: 5 }, end: { line: 1, column: 8 }, text: 'two' },
  { what: 'of several lines', start: { line: 1, column: 9 }, end: { line: 3, column: 5 }, text: 'three\nfour\nfive' },
])('a piece $what is found in a text', ({ start, end, text }) => {
  expect(textAt('one two three\nfour\nfive six', { start, end })).toBe(text);
});
