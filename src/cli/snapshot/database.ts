import type { DataSource } from 'typeorm';

interface TableRow {
  readonly Table: string;
  readonly 'Create Table': string;
}

interface TriggerRow {
  readonly trigger_name: string;
  readonly action_timing: string;
  readonly event_manipulation: string;
  readonly event_object_table: string;
  readonly action_statement: string;
}

/** The database as the migrations leave it: tables by name, then triggers. Taken on MariaDB; MySQL words it differently. */
export async function describeDatabase(source: DataSource): Promise<string> {
  const names = await source.query<{ name: string }[]>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_name <> 'migrations' ORDER BY table_name`,
  );
  const tables: string[] = [];
  for (const { name } of names) {
    const [row] = await source.query<TableRow[]>(`SHOW CREATE TABLE \`${name}\``);
    tables.push(`${(row?.['Create Table'] ?? '').replace(/ AUTO_INCREMENT=\d+/, '')};`);
  }
  const triggers = await source.query<TriggerRow[]>(
    `SELECT trigger_name, action_timing, event_manipulation, event_object_table, action_statement
     FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY trigger_name`,
  );
  const written = triggers.map(
    (trigger) =>
      `CREATE TRIGGER ${trigger.trigger_name} ${trigger.action_timing} ${trigger.event_manipulation} ON ${trigger.event_object_table}` +
      ` FOR EACH ROW\n  ${trigger.action_statement.trim().replace(/\s*\n\s*/g, '\n  ')};`,
  );
  return `${['-- The database as it stands. Written by `npm run snapshot`.', ...tables, ...written].join('\n\n')}\n`;
}
