import { stateMachine } from '#common';
import type { CatalogImport, CatalogImportStatus } from './catalog-import.entity.js';

/** Nothing of a file is applied before all of it was judged; what is being applied is not stopped half way. */
export const catalogImportLife = stateMachine<CatalogImportStatus>({
  STAGING: ['CHECKING', 'CANCELLED'],
  CHECKING: ['REFUSED', 'READY', 'CANCELLED'],
  REFUSED: [],
  READY: ['APPLYING', 'CANCELLED'],
  APPLYING: ['DONE', 'DONE_WITH_FAILURES'],
  DONE: [],
  DONE_WITH_FAILURES: [],
  CANCELLED: [],
});

/** Where an import comes to once its last line was tried. */
export function endOf({ linesFailed }: Pick<CatalogImport, 'linesFailed'>): CatalogImportStatus {
  return linesFailed === 0 ? 'DONE' : 'DONE_WITH_FAILURES';
}
