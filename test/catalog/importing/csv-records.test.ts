import { describe, expect, it } from '@jest/globals';
import { csvRecords, type NumberedRecord } from '../../../src/catalog/importing/csv-records.js';
import { IMPORT_BYTES_MAX, RECORD_CHARACTERS_MAX } from '../../../src/catalog/importing/import.limits.js';

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function recordsOf(text: string | Uint8Array, size = 7): Promise<string[]> {
  const told: string[] = [];
  for await (const record of csvRecords(pieces(Buffer.from(text), size))) told.push(inShort(record));
  return told;
}

const inShort = (record: NumberedRecord): string =>
  'problem' in record ? `${record.line} ${record.problem}` : `${record.line} ${record.cells.join('|')}`;

const LONG = 'x'.repeat(RECORD_CHARACTERS_MAX + 1);

// prettier-ignore
const FILES: readonly (readonly [what: string, text: string, told: readonly string[]])[] = [
  ['nothing',                              '',                                  []],
  ['a last line without a break',          'a,b\n1,2',                          ['1 a|b', '2 1|2']],
  ['a byte order mark',                    '\u{feff}a\n',                       ['1 a']],
  ['line breaks of Windows',               'a,b\r\n1,""\r\n',                   ['1 a|b', '2 1|']],
  ['empty cells and lines',                ',\n\n,,\n',                         ['1 |', '2 ', '3 ||']],
  ['quotes, commas and breaks in a cell',  '"a""b",",","\n\r\n"\nc\n',          ['1 a"b|,|\n\r\n', '4 c']],
  ['a break of Windows in a cell',         'a,"1\r\n2"\r\nb,c\r\n',             ['1 a|1\r\n2', '3 b|c']],
  ['a quote within a cell',                'a"b,c\nd\n',                        ['1 QUOTE_MISPLACED', '2 d']],
  ['something behind a quoted cell',       '"a"b,c\nd\n',                       ['1 QUOTE_MISPLACED', '2 d']],
  ['a quote that is never closed',         'a\n"b\nc,d\ne\n',                   ['1 a', '2 QUOTE_NOT_CLOSED', '3 c|d', '4 e']],
  ['an open quote before a quoted cell',   '"a\n"b",c\nd\n',                    ['1 QUOTE_MISPLACED', '2 b|c', '3 d']],
  ['two quotes that are never closed',     '"a\nb\n"\n"c\nd',                   ['1 a\nb\n', '4 QUOTE_NOT_CLOSED', '5 d']],
  ['a line that is too long',              `a\n${LONG}\nb\n`,                   ['1 a', '2 LINE_TOO_LONG', '3 b']],
  ['a line too long behind an open quote', `"a\n${LONG}\nb\n`,                  ['1 QUOTE_NOT_CLOSED', '2 LINE_TOO_LONG', '3 b']],
];

describe('a file with', () => {
  it.each(FILES)('%s is read with the lines as they are', async (_, text, told) => {
    expect(await recordsOf(text)).toEqual(told);
  });

  it.each(FILES)('%s says the same however it comes in', async (_, text, told) => {
    expect(await recordsOf(text, 1_000_000)).toEqual(told);
    if (text.length < 100) expect(await recordsOf(text, 1)).toEqual(told);
  });

  it('bytes that are no UTF-8 is told on their line, and read on', async () => {
    const text = Buffer.concat([Buffer.from('茶,1\n'), Buffer.from([0xb2, 0xe8]), Buffer.from(',2\n水,3\n')]);
    expect(await recordsOf(text, 2)).toEqual(['1 茶|1', '2 NOT_UTF8', '3 水|3']);
  });

  it('a quote that is open for too long is told, and what stands behind it is read', async () => {
    const lines = Array.from({ length: 10_000 }, (_, number) => `line ${number}`);
    const told = await recordsOf(['"open', ...lines].join('\n'), 4_096);
    expect(told).toEqual(['1 QUOTE_NOT_CLOSED', ...lines.map((line, index) => `${index + 2} ${line}`)]);
  });

  it('more than fifty megabytes is read no further', async () => {
    const chunk = Buffer.from(`${'x'.repeat(1_023)}\n`.repeat(1_024));
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield await Promise.resolve(chunk);
    }
    let last: NumberedRecord | undefined;
    for await (const record of csvRecords(endless())) last = record;
    expect(last).toEqual({ line: IMPORT_BYTES_MAX / 1_024 + 1, problem: 'FILE_TOO_LARGE' });
  });
});
