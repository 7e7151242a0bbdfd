import { defineJob } from '#jobs';
import type { CatalogImportId } from './catalog-import.entity.js';

/** Judges a file as a whole once it was read. */
export const checkImport = defineJob<{ importId: CatalogImportId }>('catalog.checkImport');

/** Applies an import that has no mistake, some products at a time. */
export const applyImport = defineJob<{ importId: CatalogImportId }>('catalog.applyImport');

/** Scheduled: ends imports that nobody goes on with, and forgets the lines of those that have ended. */
export const endImports = defineJob<Record<string, never>>('catalog.endImports');
