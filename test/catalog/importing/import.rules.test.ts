import { expect, it } from '@jest/globals';
import type { CatalogImportStatus } from '../../../src/catalog/importing/catalog-import.entity.js';
import { endOf } from '../../../src/catalog/importing/import.rules.js';

it.each<[linesFailed: number, status: CatalogImportStatus]>([
  [0, 'DONE'],
  [1, 'DONE_WITH_FAILURES'],
  [500, 'DONE_WITH_FAILURES'],
])('an import of which %i lines could not be applied ends as %s', (linesFailed, status) => {
  expect(endOf({ linesFailed })).toBe(status);
});
