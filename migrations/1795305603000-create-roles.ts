import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forbidChanges } from './history.js';

/** Who may do more than buy, who changed that and why; and since when a session runs. */
export class CreateRoles1795305603000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE role_grant (
        user_id    BINARY(16) NOT NULL,
        role       VARCHAR(16) CHARACTER SET ascii NOT NULL,
        granted_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        granted_by VARCHAR(64) NOT NULL,
        PRIMARY KEY (user_id, role),
        CONSTRAINT role_grant_user FOREIGN KEY (user_id) REFERENCES user (id)
      )`);

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
    await forbidChanges(db, 'user_change');
    await db.query(`
      INSERT INTO user_change (user_id, kind, changed_by, reason)
      SELECT id, 'DISABLED', 'command:migrate', 'disabled before reasons were kept' FROM user WHERE status = 'DISABLED'`);

    await db.query(`
      ALTER TABLE session
        ADD COLUMN started_at DATETIME(3) NULL AFTER previous_hash,
        ADD INDEX session_revocation (revoked_at)`);
    // An id begins with the milliseconds at which it was made (UUIDv7, RFC 9562 5.7).
    await db.query(
      "UPDATE session SET started_at = TIMESTAMP('1970-01-01') + INTERVAL CONV(HEX(SUBSTRING(id, 1, 6)), 16, 10) * 1000 MICROSECOND",
    );
    await db.query('ALTER TABLE session MODIFY started_at DATETIME(3) NOT NULL');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE session DROP INDEX session_revocation, DROP COLUMN started_at');
    await db.query('DROP TABLE user_change, role_grant');
  }
}
