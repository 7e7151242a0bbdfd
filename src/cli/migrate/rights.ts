import type { DataSource } from 'typeorm';
import { UnfitDatabase } from '../../boot-checks.js';

const CLEAR = 'DROP TABLE IF EXISTS rights_child, rights_parent';

/**
 * One statement for each right that migrations need, tried on tables of our own: grants may come from roles and patterns, and whether
 * a trigger may be made depends on the server's settings too, so that nothing but the attempt tells.
 */
const ATTEMPTS = [
  CLEAR,
  'CREATE TABLE rights_parent (id INT PRIMARY KEY)',
  'CREATE TABLE rights_child (id INT PRIMARY KEY, FOREIGN KEY (id) REFERENCES rights_parent (id))',
  'ALTER TABLE rights_parent ADD COLUMN note INT',
  'CREATE INDEX rights_note ON rights_parent (note)',
  'CREATE TRIGGER rights_trigger BEFORE DELETE ON rights_parent FOR EACH ROW SET @rights = OLD.id',
  'INSERT INTO rights_parent (id) VALUES (1)',
  'UPDATE rights_parent SET note = 1',
  'SELECT note FROM rights_parent',
  'DELETE FROM rights_parent',
  'DROP TABLE rights_child, rights_parent',
];

/** ER_BINLOG_CREATE_ROUTINE_NEED_SUPER */
const TRIGGERS_ARE_LOGGED = 1419;

/**
 * Makes sure that the account may do what migrations do, before the first of them is half done.
 *
 * @throws UnfitDatabase that names what it may not, and the statement that allows it
 */
export async function checkRights(source: DataSource): Promise<void> {
  for (const attempt of ATTEMPTS) {
    try {
      await source.query(attempt);
    } catch (error) {
      // The right to clear up may be the very one that is missing.
      await source.query(CLEAR).catch(() => undefined);
      throw new UnfitDatabase(await remedy(source, error as { errno?: number; message: string }));
    }
  }
}

async function remedy(source: DataSource, { errno, message }: { errno?: number; message: string }): Promise<string> {
  const [{ user, host, name }] = await source.query<[{ user: string; host: string; name: string }]>(
    `SELECT SUBSTRING_INDEX(CURRENT_USER(), '@', 1) AS user, SUBSTRING_INDEX(CURRENT_USER(), '@', -1) AS host, DATABASE() AS name`,
  );
  const account = `'${user}'@'${host}'`;
  if (errno === TRIGGERS_ARE_LOGGED) {
    return (
      `The server keeps a binary log and does not let ${account} make triggers. Somebody who may can allow it:\n` +
      '  SET GLOBAL log_bin_trust_function_creators = 1;'
    );
  }
  return `The account lacks a right: ${message}. Somebody who may can give it:\n  GRANT ALL ON ${name}.* TO ${account};`;
}
