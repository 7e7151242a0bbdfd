import type { EntityManager } from 'typeorm';
import { type CursorKey, idBytes } from '#common';
import type { CatalogImportId } from './catalog-import.entity.js';
import type { ImportColumn } from './import-columns.js';
import type { ImportMistake, MistakeKind } from './import-mistake.js';

/** The order in which mistakes are told. */
type MistakeKey = [line: number, column: string, kind: string, detail: string];

interface MistakeRow {
  readonly line_number: number;
  readonly column_name: string;
  readonly kind: MistakeKind;
  readonly detail: string;
}

/** An example of the key of a mistake, whose types a cursor must have. */
export const MISTAKE_KEY: MistakeKey = [0, '', '', ''];

export function keyOfMistake({ line, column, kind, detail }: ImportMistake): CursorKey {
  return [line, column ?? '', kind, detail];
}

/** Writes mistakes down; one that is there already stays as it is. */
export async function keepMistakes(
  db: EntityManager,
  id: CatalogImportId,
  mistakes: readonly ImportMistake[],
): Promise<void> {
  if (mistakes.length === 0) return;
  const rows = mistakes.map(({ line, column, kind, detail }) => [idBytes(id), line, column ?? '', kind, detail]);
  await db.query(
    `INSERT INTO catalog_import_mistake (import_id, line_number, column_name, kind, detail) VALUES ?
     ON DUPLICATE KEY UPDATE kind = VALUES(kind)`,
    [rows],
  );
}

export async function countMistakes(db: EntityManager, id: CatalogImportId): Promise<number> {
  const [row] = await db.query<{ readonly many: number | string }[]>(
    'SELECT COUNT(*) AS many FROM catalog_import_mistake WHERE import_id = ?',
    [idBytes(id)],
  );
  return Number(row?.many ?? 0);
}

/** Up to so many mistakes that follow the one with the key, in the order of the file. */
export async function mistakesAfter(
  db: EntityManager,
  id: CatalogImportId,
  after: MistakeKey | null,
  many: number,
): Promise<ImportMistake[]> {
  const beyond = after ? 'AND (line_number, column_name, kind, detail) > (?, ?, ?, ?)' : '';
  const rows = await db.query<MistakeRow[]>(
    `SELECT line_number, column_name, kind, detail FROM catalog_import_mistake
     WHERE import_id = ? ${beyond} ORDER BY line_number, column_name, kind, detail LIMIT ?`,
    [idBytes(id), ...(after ?? []), many],
  );
  return rows.map(({ line_number: line, column_name: column, kind, detail }) => {
    return { line, column: column === '' ? null : (column as ImportColumn), kind, detail };
  });
}
