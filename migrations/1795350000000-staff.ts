import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forbidChanges } from './history.js';

/**
 * The staff have accounts of their own, with a password, a second factor and roles. Nobody who buys has a role any more: those who had one
 * get an account by `npm run staff`, and until then nobody may do what it allowed.
 */
export class Staff1795350000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE staff (
        id                   BINARY(16) PRIMARY KEY,
        login_name           VARCHAR(32) CHARACTER SET ascii NOT NULL,
        display_name         VARCHAR(64) NOT NULL,
        status               VARCHAR(16) CHARACTER SET ascii NOT NULL,
        password_hash        VARBINARY(256) NULL,
        totp_secret          VARBINARY(128) NULL,
        totp_step            INT UNSIGNED NULL,
        enrolment_hash       BINARY(32) NULL,
        enrolment_expires_at DATETIME(3) NULL,
        enrolled_at          DATETIME(3) NULL,
        created_at           DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        UNIQUE INDEX staff_login_name (login_name),
        UNIQUE INDEX staff_enrolment (enrolment_hash),
        CONSTRAINT staff_status CHECK (status IN ('ACTIVE', 'DISABLED')),
        CONSTRAINT staff_password_sealed CHECK (OCTET_LENGTH(password_hash) > 29),
        CONSTRAINT staff_totp_sealed CHECK (OCTET_LENGTH(totp_secret) > 29),
        CONSTRAINT staff_enrolment_expires CHECK ((enrolment_hash IS NULL) = (enrolment_expires_at IS NULL)),
        CONSTRAINT staff_enrolled CHECK (
          enrolled_at IS NULL OR (password_hash IS NOT NULL AND totp_secret IS NOT NULL AND totp_step IS NOT NULL AND enrolment_hash IS NULL)
        )
      )`);
    await db.query(`
      CREATE TABLE staff_role (
        staff_id BINARY(16) NOT NULL,
        role     VARCHAR(16) CHARACTER SET ascii NOT NULL,
        PRIMARY KEY (staff_id, role),
        CONSTRAINT staff_role_of FOREIGN KEY (staff_id) REFERENCES staff (id)
      )`);
    await db.query(`
      CREATE TABLE staff_recovery_code (
        staff_id  BINARY(16) NOT NULL,
        code_hash BINARY(32) NOT NULL,
        used_at   DATETIME(3) NULL,
        PRIMARY KEY (staff_id, code_hash),
        CONSTRAINT staff_recovery_code_of FOREIGN KEY (staff_id) REFERENCES staff (id)
      )`);
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
    await forbidChanges(db, 'staff_change');

    await db.query(`
      ALTER TABLE session
        MODIFY user_id BINARY(16) NULL,
        ADD COLUMN staff_id BINARY(16) NULL AFTER user_id,
        ADD INDEX session_of_staff (staff_id),
        ADD CONSTRAINT session_staff FOREIGN KEY (staff_id) REFERENCES staff (id),
        ADD CONSTRAINT session_of_one CHECK ((user_id IS NULL) <> (staff_id IS NULL))`);

    await db.query(`
      INSERT INTO user_change (user_id, kind, role, changed_by, reason)
      SELECT user_id, 'ROLE_REVOKED', role, 'command:migrate', 'the staff log in with accounts of their own' FROM role_grant`);
    await db.query('DROP TABLE role_grant');
  }

  /** Gives no role back: who had one before is known to `user_change`, and whether they still should is for somebody to decide. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE role_grant (
        user_id    BINARY(16) NOT NULL,
        role       VARCHAR(16) CHARACTER SET ascii NOT NULL,
        granted_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        granted_by VARCHAR(64) NOT NULL,
        PRIMARY KEY (user_id, role),
        CONSTRAINT role_grant_user FOREIGN KEY (user_id) REFERENCES user (id)
      )`);
    await db.query('DELETE FROM session WHERE staff_id IS NOT NULL');
    await db.query('ALTER TABLE session DROP FOREIGN KEY session_staff');
    await db.query(
      'ALTER TABLE session DROP CONSTRAINT session_of_one, DROP INDEX session_of_staff, DROP COLUMN staff_id, MODIFY user_id BINARY(16) NOT NULL',
    );
    await db.query('DROP TABLE staff_change, staff_recovery_code, staff_role, staff');
  }
}
