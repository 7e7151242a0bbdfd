import type { QueryRunner } from 'typeorm';

/** Makes the database itself write down every move of a table's life cycle into `status_move`. */
export async function keepHistory(db: QueryRunner, table: string): Promise<void> {
  await db.query(`
    CREATE TRIGGER ${table}_moved AFTER UPDATE ON ${table} FOR EACH ROW
    INSERT INTO status_move (subject, subject_id, from_status, to_status)
    SELECT '${table}', NEW.id, OLD.status, NEW.status FROM DUAL WHERE NEW.status <> OLD.status`);
}

/** Makes the database refuse to change or remove rows of a table that only ever grows. */
export async function forbidChanges(db: QueryRunner, table: string): Promise<void> {
  for (const event of ['UPDATE', 'DELETE']) {
    await db.query(`
      CREATE TRIGGER ${table}_no_${event.toLowerCase()} BEFORE ${event} ON ${table} FOR EACH ROW
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${table} rows are never changed or deleted'`);
  }
}
