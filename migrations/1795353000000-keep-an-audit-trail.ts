import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forbidChanges } from './history.js';
import { entriesOfLogs, type Entry, OFFER_KINDS, STAFF_KINDS, USER_KINDS } from './logs-before-audit.js';

const PAGE = 200;

/** One trail of what operators do, linked into a chain of hashes, in place of a log of people, one of the staff and one of offers. */
export class KeepAnAuditTrail1795353000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Facts are kept as they were written, byte for byte, because they are hashed; MySQL's JSON would order them anew.
    await db.query(`
      CREATE TABLE audit_entry (
        id           BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
        actor        VARCHAR(64) NOT NULL,
        kind         VARCHAR(64) CHARACTER SET ascii NOT NULL,
        subject_type VARCHAR(16) CHARACTER SET ascii NOT NULL,
        subject_id   BINARY(16) NOT NULL,
        reason       VARCHAR(255) NOT NULL,
        facts_before TEXT NOT NULL,
        facts_after  TEXT NOT NULL,
        request      TEXT NULL,
        acted_at     DATETIME(3) NOT NULL,
        recorded_at  DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        INDEX audit_entry_when (recorded_at),
        INDEX audit_entry_by (actor, recorded_at),
        INDEX audit_entry_about (subject_type, subject_id, recorded_at),
        INDEX audit_entry_what (kind, recorded_at),
        CONSTRAINT audit_entry_has_actor CHECK (actor <> ''),
        CONSTRAINT audit_entry_has_reason CHECK (TRIM(reason) <> ''),
        CONSTRAINT audit_entry_has_before CHECK (JSON_VALID(facts_before)),
        CONSTRAINT audit_entry_has_after CHECK (JSON_VALID(facts_after))
      )`);
    await db.query(`
      CREATE TABLE audit_link (
        seq      BIGINT UNSIGNED NOT NULL PRIMARY KEY,
        entry_id BIGINT UNSIGNED NOT NULL,
        hash     BINARY(32) NOT NULL,
        UNIQUE INDEX audit_link_once (entry_id),
        CONSTRAINT audit_link_of FOREIGN KEY (entry_id) REFERENCES audit_entry (id),
        CONSTRAINT audit_link_from_one CHECK (seq > 0)
      )`);
    await copy(db, await entriesOfLogs(db));
    await forbidChanges(db, 'audit_entry');
    await forbidChanges(db, 'audit_link');
    await db.query('DROP TABLE user_change, staff_change, offer_change');
  }

  /** What the logs had no place for is lost: refunds, products, requests, what was before. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE user_change (
        id         BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
        user_id    BINARY(16) NOT NULL,
        kind       VARCHAR(16) CHARACTER SET ascii NOT NULL,
        role       VARCHAR(16) CHARACTER SET ascii NULL,
        changed_by VARCHAR(64) NOT NULL,
        reason     VARCHAR(255) NOT NULL,
        changed_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        INDEX user_change_of (user_id, id),
        CONSTRAINT user_change_user FOREIGN KEY (user_id) REFERENCES user (id),
        CONSTRAINT user_change_kind CHECK (kind IN ('DISABLED', 'ENABLED', 'ROLE_GRANTED', 'ROLE_REVOKED')),
        CONSTRAINT user_change_of_role CHECK ((kind IN ('ROLE_GRANTED', 'ROLE_REVOKED')) = (role IS NOT NULL))
      )`);
    await db.query(`
      INSERT INTO user_change (user_id, kind, role, changed_by, reason, changed_at)
      SELECT subject_id, ${kindsBack(USER_KINDS)},
        JSON_UNQUOTE(JSON_EXTRACT(facts_after, '$.role')), actor, reason, recorded_at
      FROM audit_entry WHERE ${isOneOf(USER_KINDS)} ORDER BY id`);
    await forbidChanges(db, 'user_change');

    await db.query(`
      CREATE TABLE staff_change (
        id         BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
        staff_id   BINARY(16) NOT NULL,
        kind       VARCHAR(16) CHARACTER SET ascii NOT NULL,
        roles      VARCHAR(128) CHARACTER SET ascii NULL,
        changed_by VARCHAR(64) NOT NULL,
        reason     VARCHAR(255) NOT NULL,
        changed_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        INDEX staff_change_of (staff_id, id),
        CONSTRAINT staff_change_staff FOREIGN KEY (staff_id) REFERENCES staff (id),
        CONSTRAINT staff_change_kind
          CHECK (kind IN ('ADDED', 'ROLES_SET', 'RESET', 'DISABLED', 'ENABLED', 'ENROLLED', 'PASSWORD_CHANGED')),
        CONSTRAINT staff_change_of_roles CHECK ((kind IN ('ADDED', 'ROLES_SET')) = (roles IS NOT NULL))
      )`);
    await db.query(`
      INSERT INTO staff_change (staff_id, kind, roles, changed_by, reason, changed_at)
      SELECT subject_id, ${kindsBack(STAFF_KINDS)}, REGEXP_REPLACE(JSON_EXTRACT(facts_after, '$.roles'), '[^A-Z,]', ''),
        actor, reason, recorded_at
      FROM audit_entry WHERE ${isOneOf(STAFF_KINDS)} ORDER BY id`);
    await forbidChanges(db, 'staff_change');

    await db.query(`
      CREATE TABLE offer_change (
        id         BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
        offer_id   BINARY(16) NOT NULL,
        kind       VARCHAR(16) CHARACTER SET ascii NOT NULL,
        terms      JSON NOT NULL,
        changed_by VARCHAR(64) NOT NULL,
        reason     VARCHAR(255) NOT NULL,
        changed_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        INDEX offer_change_of (offer_id, id),
        CONSTRAINT offer_change_offer FOREIGN KEY (offer_id) REFERENCES offer (id),
        CONSTRAINT offer_change_kind CHECK (kind IN ('ADDED', 'CHANGED', 'FROZEN', 'UNFROZEN'))
      )`);
    await db.query(`
      INSERT INTO offer_change (offer_id, kind, terms, changed_by, reason, changed_at)
      SELECT subject_id, ${kindsBack(OFFER_KINDS)}, facts_after, actor, reason, recorded_at
      FROM audit_entry WHERE ${isOneOf(OFFER_KINDS)} ORDER BY id`);
    await forbidChanges(db, 'offer_change');
    await db.query('DROP TABLE audit_link, audit_entry');
  }
}

/** SQL for the old name of an entry's kind. */
function kindsBack(kinds: Readonly<Record<string, string>>): string {
  return `CASE kind ${Object.entries(kinds)
    .map(([old, kind]) => `WHEN '${kind}' THEN '${old}'`)
    .join(' ')} END`;
}

function isOneOf(kinds: Readonly<Record<string, string>>): string {
  return `kind IN (${Object.values(kinds)
    .map((kind) => `'${kind}'`)
    .join(', ')})`;
}

async function copy(db: QueryRunner, entries: readonly Entry[]): Promise<void> {
  for (let start = 0; start < entries.length; start += PAGE) {
    const rows = entries
      .slice(start, start + PAGE)
      .map(({ actor, kind, subject, reason, before, after, at }) => [
        ...[actor, kind, ...subject, reason, asText(before), asText(after), at, at],
      ]);
    await db.query(
      `INSERT INTO audit_entry
         (actor, kind, subject_type, subject_id, reason, facts_before, facts_after, acted_at, recorded_at) VALUES ?`,
      [rows],
    );
  }
}

function asText(json: object | string): string {
  return typeof json === 'string' ? json : JSON.stringify(json);
}
