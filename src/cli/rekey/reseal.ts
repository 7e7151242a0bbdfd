import type { DataSource } from 'typeorm';
import { idFromBytes, prefixOf, SealBroken, Sealed, type SealedPlace, type Vault } from '#common';

const PAGE = 500;

interface OldRow {
  readonly id: Buffer;
  readonly sealed: Buffer;
}

export interface Resealed {
  readonly resealed: number;
  /** Why some values could not be opened, one sentence each: their key is gone, or they were tampered with. */
  readonly broken: readonly string[];
}

/**
 * Seals every value of a column under the newest key, in pages. What stands under it already is passed over, so a run that was cut
 * short is simply started again; a value that a login replaces meanwhile is newer than ours and stays.
 *
 * @param onPage hears how many values have been sealed so far
 */
export async function resealColumn(
  source: DataSource,
  vault: Vault,
  { entity, column, name }: SealedPlace,
  onPage: (resealed: number) => void,
): Promise<Resealed> {
  const prefix = prefixOf(entity.target as new () => object);
  const [table, field] = [`\`${entity.tableName}\``, `\`${column.databaseName}\``];
  const broken: string[] = [];
  let resealed = 0;
  let after: Buffer = Buffer.alloc(0);
  for (;;) {
    const rows = await source.query<OldRow[]>(
      `SELECT id, ${field} AS sealed FROM ${table} WHERE id > ? AND ASCII(${field}) <> ? ORDER BY id LIMIT ${PAGE}`,
      [after, vault.newestKeyId],
    );
    const last = rows.at(-1);
    if (!last) return { resealed, broken };
    await source.transaction(async (db) => {
      for (const { id, sealed } of rows) {
        try {
          const rowId = idFromBytes(prefix, id);
          const fresh = vault.seal(name, rowId, vault.open(name, rowId, new Sealed(sealed)));
          await db.query(`UPDATE ${table} SET ${field} = ? WHERE id = ? AND ${field} = ?`, [fresh.bytes, id, sealed]);
          resealed += 1;
        } catch (error) {
          if (!(error instanceof SealBroken)) throw error;
          broken.push(error.message); // One value that nobody can read does not keep the others under an old key.
        }
      }
    });
    onPage(resealed);
    after = last.id;
  }
}
