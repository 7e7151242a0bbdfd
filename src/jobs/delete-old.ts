import type { DataSource } from 'typeorm';

const PAGE = 500;

/**
 * Deletes rows that nobody will ask for again, a page at a time, so that nobody waits long for their locks.
 *
 * @param rows the table and which rows of it: `job WHERE …`
 */
export async function deleteOld(source: DataSource, rows: string): Promise<void> {
  let removed = PAGE;
  while (removed === PAGE) {
    ({ affectedRows: removed } = await source.query<{ affectedRows: number }>(`DELETE FROM ${rows} LIMIT ${PAGE}`));
  }
}
