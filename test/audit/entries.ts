import type { DataSource } from 'typeorm';
import { type Act, type AuditTrail, BusinessTime, defineAct, newId } from '#common';
import { ChainCheck, readChain } from '#audit';
import { Trail } from '../../src/audit/trail.js';
import { AUDIT } from '../../src/invariants/audit.js';

export const tested = defineAct('test.tested', 'user');

/** An act as good as any. */
export function anAct(changes: Partial<Act<'user'>> = {}): Act<'user'> {
  return { by: 'command:test', reason: '测试', subject: newId('user'), before: {}, after: { step: 1 }, ...changes };
}

class Now extends BusinessTime {
  override read(): Promise<Date> {
    return Promise.resolve(new Date());
  }
}

export const trail: AuditTrail = new Trail(new Now());

/** Many entries at once, as they would stand; ids follow each other. */
export async function manyEntries(source: DataSource, count: number, after = '{}', at = new Date()): Promise<void> {
  await source.query(
    `INSERT INTO audit_entry (actor, kind, subject_type, subject_id, reason, facts_before, facts_after, acted_at, recorded_at)
     WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1000)
     SELECT 'command:test', 'test.tested', 'user', UNHEX(MD5(one.n)), CONCAT('第', one.n, '次'), '{}', ?, ?, ?
     FROM numbers AS one JOIN numbers AS thousand ON thousand.n <= CEIL(? / 1000)
     WHERE (thousand.n - 1) * 1000 + one.n <= ?`,
    [after, at, at, count, count],
  );
}

/** What the invariants of the trail find, and what an export would: SQL and our own code, each by itself. */
export async function chainOf(source: DataSource): Promise<{ links: number; broken: string[] }> {
  const broken: string[] = [];
  for (const { sql, name } of AUDIT) {
    if ((await source.query<unknown[]>(sql)).length > 0) broken.push(name);
  }
  const check = new ChainCheck();
  try {
    for await (const link of readChain(source, null)) check.follow(link);
  } catch (error) {
    broken.push((error as Error).message);
  }
  return { links: check.count, broken };
}

/** Does what the database forbids: changes what is on record. */
export async function meddle(source: DataSource, ...statements: string[]): Promise<void> {
  const triggers = await source.query<{ name: string; statement: string }[]>(
    `SELECT trigger_name AS name, CONCAT('CREATE TRIGGER ', trigger_name, ' BEFORE ', event_manipulation, ' ON ', event_object_table, ' FOR EACH ROW ', action_statement) AS statement
     FROM information_schema.triggers WHERE trigger_schema = DATABASE() AND event_object_table LIKE 'audit%'`,
  );
  for (const { name } of triggers) await source.query(`DROP TRIGGER ${name}`);
  for (const statement of statements) await source.query(statement);
  for (const { statement } of triggers) await source.query(statement);
}
