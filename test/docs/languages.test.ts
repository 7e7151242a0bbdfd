import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';

let english: string;
let chinese: string;

beforeAll(async () => {
  english = await readFile('README.md', 'utf8');
  chinese = await readFile('README.zh-CN.md', 'utf8');
});

const FENCED = /^```(\w*)\n([\s\S]*?)^```$/gm;

const blocksOf = (page: string, isScript: boolean): string[] =>
  [...page.matchAll(FENCED)].filter(([, kind]) => (kind !== '') === isScript).map(([, , block = '']) => block);
/** What is to be typed in blocks that are no script, without the remarks behind it. */
const commandsOf = (page: string): string[] =>
  blocksOf(page, false)
    .flatMap((block) => block.trim().split('\n'))
    .map((line) => line.replace(/\s+#.*$/, ''));
const levelsOf = (page: string): string[] => page.replace(FENCED, '').match(/^#+ /gm) ?? [];
/** The first cells of the tables, without their heads. */
const rowsOf = (page: string): string[] => [...page.matchAll(/^\| (`.*?`) \|/gm)].map(([, cell = '']) => cell);
const linksOf = (page: string): string[] =>
  [...page.matchAll(/\]\(([^)]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !target.startsWith('README'));

describe('the README in English and in Chinese', () => {
  it('lead to each other', () => {
    expect(english).toContain('(README.zh-CN.md)');
    expect(chinese).toContain('(README.md)');
  });

  it.each([
    ['scripts and answers', (page: string) => blocksOf(page, true), 13],
    ['commands', commandsOf, 3],
    ['headings', levelsOf, 6],
    ['tables', rowsOf, 7],
    ['places to read on', (page: string) => linksOf(page).toSorted(), 8],
  ])('have the same %s', (_what, partsOf, countMin) => {
    expect(partsOf(chinese)).toEqual(partsOf(english));
    expect(partsOf(english).length).toBeGreaterThanOrEqual(countMin);
  });

  it('are each in their language', () => {
    const prose = (page: string): string[] =>
      page
        .replace(/^```[\s\S]*?^```$/gm, '')
        .split('\n\n')
        .filter((part) => /[^\s|[\]]/.test(part));
    for (const part of prose(chinese).filter((text) => !text.includes('[English]')))
      expect(part).toMatch(/\p{Script=Han}/u);
    expect(prose(english).filter((part) => /\p{Script=Han}{5}/u.test(part))).toEqual([]);
  });
});
