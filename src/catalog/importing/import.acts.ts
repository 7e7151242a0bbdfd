import { defineAct } from '#common';

export const importApplied = defineAct('catalog.importApplied', 'catalog_import');
export const importCancelled = defineAct('catalog.importCancelled', 'catalog_import');
