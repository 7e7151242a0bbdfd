import type { SeededBug } from '../bug.js';

const IMPORTS = 'test/catalog/importing/imports.test.ts';
const INTERRUPTED = 'test/catalog/importing/interrupted.test.ts';

export const IMPORTING: readonly SeededBug[] = [
  {
    name: 'a code that was taken since the check is changed as if it were meant',
    file: 'src/catalog/importing/import-product.rules.ts',
    search: 'if (skuId === foundSkuId) return;',
    replace: 'if (skuId === foundSkuId || skuId === null) return;',
    caughtBy: {
      file: 'test/catalog/importing/import-product.rules.test.ts',
      test: 'whose code was taken since are told what is wrong',
    },
  },
  {
    name: 'whoever applies a file forgets how far it has come',
    file: 'src/catalog/importing/applying.service.ts',
    search: 'appliedThrough: through,',
    replace: 'appliedThrough: 0,',
    caughtBy: { file: INTERRUPTED, test: 'is gone on with where it was' },
  },
  {
    name: 'a worker whose lease was taken over goes on applying',
    file: 'src/catalog/importing/applying.service.ts',
    search: 'await claim?.renew(db);',
    replace: '',
    caughtBy: { file: INTERRUPTED, test: 'is written by nobody whose lease was taken over' },
  },
  {
    name: 'a file with mistakes can be applied',
    file: 'src/catalog/importing/checking.service.ts',
    search: 'if (mistakesTotal > 0) await move',
    replace: 'if (mistakesTotal > 6) await move',
    caughtBy: { file: IMPORTS, test: 'with a mistake is refused as a whole' },
  },
  {
    name: 'a code may be in a file twice',
    file: 'src/catalog/importing/import-placing.ts',
    search: 'GROUP BY code HAVING COUNT(*) > 1',
    replace: 'GROUP BY code HAVING COUNT(*) > 2',
    caughtBy: { file: IMPORTS, test: 'with a mistake is refused as a whole' },
  },
  {
    name: 'a price loses a fen on its way through floats',
    file: 'src/catalog/importing/cell.rules.ts',
    search: "Number(yuan + fen.padEnd(2, '0'))",
    replace: "Math.floor(Number(`${yuan}.${fen || '0'}`) * 100)",
    caughtBy: { file: 'test/catalog/importing/cell.rules.test.ts', test: 'a price in yuan "4.35" is 435 fen' },
  },
  {
    name: 'the export hands a spreadsheet formulas',
    file: 'src/catalog/importing/exporting.service.ts',
    search: 'harmlessCell(cells[column])',
    replace: 'cells[column]',
    caughtBy: { file: 'test/catalog/importing/doors.test.ts', test: 'changes nothing when it is imported again' },
  },
  {
    name: 'line breaks within cells do not count as lines',
    file: 'src/catalog/importing/csv-records.ts',
    search: 'const begun = this.line - 1 - this.#open.length;',
    replace: 'this.line -= this.#open.length;\n    const begun = this.line - 1;',
    caughtBy: { file: 'test/catalog/importing/csv-records.test.ts', test: 'is read with the lines as they are' },
  },
];
