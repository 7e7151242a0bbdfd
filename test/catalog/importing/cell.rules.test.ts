import { describe, expect, it } from '@jest/globals';
import {
  csvLine,
  harmlessCell,
  markedPart,
  minorOfYuan,
  plainPart,
  readCell,
  splitParts,
  yuanOfMinor,
} from '../../../src/catalog/importing/cell.rules.js';

describe('a cell that a spreadsheet would calculate', () => {
  it.each(['=1+1', '+86', '-5°C', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1', '＋1', '－1', '＠x', "'=1", "''", "'"])(
    'is made harmless, and read as it was: %j',
    (text) => {
      expect(harmlessCell(text)).toBe(`'${text}`);
      expect(readCell(harmlessCell(text))).toBe(text);
    },
  );

  it.each(['', 'tea', '2=1+1', 'a@b', '1-2', "it's", '29.90'])('is none if nothing stands before: %j', (text) => {
    expect(harmlessCell(text)).toBe(text);
    expect(readCell(text)).toBe(text);
  });

  it('that somebody has typed with one quote mark before a word keeps it', () => {
    expect(readCell("'90s")).toBe("'90s");
  });
});

describe('a record', () => {
  it('is quoted just where it must be', () => {
    expect(csvLine(['a', '', 'b c', '1,5', 'say "hi"', 'two\nlines', 'a\rb'])).toBe(
      'a,,b c,"1,5","say ""hi""","two\nlines","a\rb"',
    );
  });
});

describe('a price in yuan', () => {
  // prettier-ignore
  it.each<[string, number | null]>([
    ['0', 0], ['0.01', 1], ['29.9', 2_990], ['29.90', 2_990], ['8', 800], ['1.10', 110],
    ['4.35', 435], ['1000000.29', 100_000_029], ['999999999.99', 99_999_999_999], ['007', 700], ['', null], ['.5', null],
    ['5.', null], ['1.999', null], ['-1', null], ['1,5', null], ['¥5', null], ['1e3', null],
    [' 1', null], ['１', null], ['1000000000', null],
  ])('%j is %p fen', (text, minor) => {
    expect(minorOfYuan(text)).toBe(minor);
  });

  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [50, '0.50'],
    [100, '1.00'],
    [2_990, '29.90'],
    [1_000_000_000, '10000000.00'],
  ] as const)('of %i fen is told as %s', (minor, text) => {
    expect(yuanOfMinor(minor)).toBe(text);
    expect(minorOfYuan(text)).toBe(minor);
  });
});

describe('the parts of a text', () => {
  it.each<[string, string[]]>([
    ['', ['']],
    ['a', ['a']],
    ['a/b', ['a', 'b']],
    ['/', ['', '']],
    ['a\\/b/c', ['a\\/b', 'c']],
    ['a\\\\/b', ['a\\\\', 'b']],
    ['a\\', ['a\\']],
  ])('of %j are %j', (text, parts) => {
    expect(splitParts(text, '/')).toEqual(parts);
  });

  it.each(['plain', 'a/b', '\\', 'a\\/b', '=;', '规格=2'])('can be anything: %j', (text) => {
    const marked = markedPart(text, '/=;');
    for (const separator of '/=;') expect(splitParts(marked, separator)).toEqual([marked]);
    expect(plainPart(marked)).toBe(text);
  });
});
