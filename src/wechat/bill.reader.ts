import type { BillRow, Cells } from './bill.rows.js';
import { columnsOf, fenOf, isMarked, valuesOf } from './bill.text.rules.js';
import { Malformed } from './reader.js';

/** Of all lines of a bill; longer ones are none. */
const LINE_CHARACTERS_MAX = 65_536;

/** The lines of a text as its bytes come, with no more than one of them in memory; without the byte order mark and line ends. */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  // It takes the mark away by itself; what is no UTF-8 is no bill.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LINE_CHARACTERS_MAX) throw new Malformed('a line is too long');
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  rest += decoder.decode();
  if (rest !== '') yield rest.replace(/\r$/, '');
}

/**
 * The rows of a bill by the names of its columns, then its end: the names of the summary and the summary itself, whose first value is the number of rows.
 *
 * @throws Malformed if a row or the end is not as it should be
 */
export async function* rowsOf(lines: AsyncIterable<string>, read: (cells: Cells) => BillRow): AsyncGenerator<BillRow> {
  let columns: Map<string, number> | null = null;
  let rows = 0;
  /** What follows the last row; nothing else may. */
  const end: string[] = [];
  for await (const line of lines) {
    if (columns === null) columns = new Map(columnsOf(line).map((name, index) => [name, index]));
    else if (end.length === 0 && isMarked(line)) {
      rows += 1;
      yield read(cellsOf(columns, valuesOf(line)));
    } else if (line !== '') end.push(line);
  }
  const [, summary = '', ...more] = end;
  if (!isMarked(summary) || more.length > 0) throw new Malformed('the bill has no end');
  // It is a number of rows, and is written as an amount all the same: `45.0`.
  if (fenOf(valuesOf(summary)[0] ?? '') !== rows * 100) throw new Malformed('the bill counts other rows than it has');
}

function cellsOf(columns: ReadonlyMap<string, number>, values: readonly string[]): Cells {
  if (values.length !== columns.size) throw new Malformed('a row has more or fewer values than columns');
  return (column) => {
    const value = values[columns.get(column) ?? -1];
    if (value === undefined) throw new Malformed(`there is no column ${column}`);
    return value;
  };
}
