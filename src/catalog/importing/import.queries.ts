import type { EntityManager } from 'typeorm';
import { notFound } from '#common';
import { CatalogImport, type CatalogImportId } from './catalog-import.entity.js';

/**
 * An import that nobody else moves on until the transaction ends.
 *
 * @throws RequestError NOT_FOUND
 */
export async function lockImport(db: EntityManager, id: CatalogImportId): Promise<CatalogImport> {
  const found = await db.findOne(CatalogImport, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!found) throw notFound('input.importId');
  return found;
}
