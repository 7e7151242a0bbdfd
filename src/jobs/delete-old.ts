import type { DataSource } from 'typeorm';

const PAGE = 500;

/**
 * Deletes rows that nobody will ask for again, a page at a time, so that nobody waits long for their locks.
 *
 * @param rows the table and which rows of it: `job WHERE …`
 * @param parameters what stands for each `?` in it
 */
export async function deleteOld(source: DataSource, rows: string, parameters: readonly unknown[] = []): Promise<void> {
  let removed = PAGE;
  while (removed === PAGE) {
    const statement = `DELETE FROM ${rows} LIMIT ${PAGE}`;
    ({ affectedRows: removed } = await source.query<{ affectedRows: number }>(statement, [...parameters]));
  }
}
