import type { Shop } from './shop.js';

/** The columns in which the bytes stand, in one of their forms, of every column that could hold them. */
export async function columnsWith(shop: Shop, forms: readonly Buffer[]): Promise<string[]> {
  const columns = await shop.rows<{ table: string; column: string }>(
    `SELECT table_name AS \`table\`, column_name AS \`column\` FROM information_schema.columns
     WHERE table_schema = DATABASE() AND data_type REGEXP 'char|text|binary|blob|json'`,
  );
  const found: string[] = [];
  for (const { table, column } of columns) {
    for (const form of forms) {
      const rows = await shop.rows(
        `SELECT 1 FROM \`${table}\` WHERE LOCATE(CAST(? AS BINARY), CAST(\`${column}\` AS BINARY)) > 0 LIMIT 1`,
        [form],
      );
      if (rows.length > 0) found.push(`${table}.${column}`);
    }
  }
  return [...new Set(found)];
}
