import { IMPORT_COLUMN_NAMES, IMPORT_COLUMNS, type ImportColumn } from './import-columns.js';
import { type CellMistake, mistakeIn } from './import-mistake.js';

/** As much of a name that we do not know as is told back. */
const NAME_TOLD = 32;

/** Which column each cell of a record is of. */
export interface Header {
  readonly columns: readonly ImportColumn[];
}

const BY_NAME = new Map<string, ImportColumn>(
  IMPORT_COLUMN_NAMES.flatMap((column) => [
    [column, column],
    [IMPORT_COLUMNS[column], column],
  ]),
);

/** The columns that the first record of a file names, in any order, in either language; or all that is wrong with it. */
export function readHeader(cells: readonly string[]): Header | readonly CellMistake[] {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const columns = names.map((name) => BY_NAME.get(name));
  const unknown = cells.filter((_, index) => columns[index] === undefined);
  const known = columns.filter((column) => column !== undefined);
  const mistakes = [
    ...unknown.map((name) => mistakeIn(null, 'COLUMN_UNKNOWN', name.trim().slice(0, NAME_TOLD))),
    ...IMPORT_COLUMN_NAMES.filter((column) => !known.includes(column)).map((column) =>
      mistakeIn(column, 'COLUMN_MISSING'),
    ),
    ...known
      .filter((column, index) => known.indexOf(column) < index)
      .map((column) => mistakeIn(column, 'COLUMN_TWICE')),
  ];
  return mistakes.length > 0 ? mistakes : { columns: known };
}
