import type { EntityManager } from 'typeorm';
import { idBytes } from '#common';
import { CATEGORIES_MAX } from '../categories/category.limits.js';
import type { CatalogImportId } from './catalog-import.entity.js';
import { CATEGORY_PATHS } from './category-paths.js';
import { namesOnPath, pathOf } from './import-line.rules.js';

/** The names of suppliers that an import needs and the shop lacks. */
export async function missingSuppliers(db: EntityManager, id: CatalogImportId): Promise<string[]> {
  const rows = await db.query<{ readonly name: string }[]>(
    `SELECT supplier_name AS name FROM (
       SELECT DISTINCT supplier_name FROM catalog_import_line WHERE import_id = ?
     ) AS needed LEFT JOIN supplier ON supplier.name = supplier_name WHERE supplier.id IS NULL`,
    [idBytes(id)],
  );
  return rows.map(({ name }) => name);
}

/** The ways to categories that an import needs and the shop lacks, those to the categories above them included, from the top down. More than the shop may have are not told. */
export async function missingCategories(db: EntityManager, id: CatalogImportId): Promise<string[][]> {
  const rows = await db.query<{ readonly path: string }[]>(
    `SELECT category_path AS path FROM (
       SELECT DISTINCT category_path FROM catalog_import_line WHERE import_id = ?
     ) AS needed LEFT JOIN (${CATEGORY_PATHS}) AS shelf ON shelf.path = category_path
     WHERE shelf.id IS NULL LIMIT ?`,
    [idBytes(id), CATEGORIES_MAX + 1],
  );
  const there = await db.query<{ readonly path: string }[]>(CATEGORY_PATHS);
  const known = new Set(there.map(({ path }) => path));
  const ways = rows
    .map(({ path }) => namesOnPath(path))
    .flatMap((names) => names.map((_, end) => names.slice(0, end + 1)));
  const missing = new Map(ways.map((names) => [pathOf(names), names]));
  return [...missing].filter(([path]) => !known.has(path)).map(([, names]) => names);
}
