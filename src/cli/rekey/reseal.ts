import type { DataSource } from 'typeorm';
import { idFromBytes, prefixOf, SealBroken, Sealed, type SealedPlace, Transactor, type Vault } from '#common';

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
  const transactor = new Transactor(source);
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
    const fresh = rows.flatMap(({ id, sealed }) => {
      try {
        const rowId = idFromBytes(prefix, id);
        const { bytes } = vault.seal(name, rowId, vault.open(name, rowId, new Sealed(sealed)));
        return [{ id, sealed, bytes }];
      } catch (error) {
        if (!(error instanceof SealBroken)) throw error;
        broken.push(error.message); // One value that nobody can read does not keep the others under an old key.
        return [];
      }
    });
    // Others may lock the same rows in another order; whoever is undone for it tries again.
    await transactor.run(async (db) => {
      for (const { id, sealed, bytes } of fresh)
        await db.query(`UPDATE ${table} SET ${field} = ? WHERE id = ? AND ${field} = ?`, [bytes, id, sealed]);
    });
    resealed += fresh.length;
    onPage(resealed);
    after = last.id;
  }
}
